//! What leaves the house: the words for messages, and where each of them stands.

use super::words::words;

words! {
    /// What a message is for.
    MessageKind {
        Code = "code",
        OwnerNotice = "owner-notice",
        Reply = "reply",
        Checkpoint = "checkpoint",
    }
}

words! {
    /// Where a message stands. The last three are its end, unless somebody has it tried again.
    MessageState {
        Waiting = "waiting",
        Sending = "sending",
        Sent = "sent",
        Failed = "failed",
        Dropped = "dropped",
    }
}

impl MessageState {
    /// Whether it is still to leave.
    pub const fn is_pending(self) -> bool {
        matches!(self, Self::Waiting | Self::Sending)
    }
}
