//! The words of a ticket: what is asked, where it stands, what is recommended, who acts.

use super::words::words;

words! {
    /// What the customer asks for (JUDGEMENT.md §1).
    Request {
        Unbind = "unbind",
        DeviceReset = "device-reset",
        PasswordReset = "password-reset",
        LoginRecovery = "login-recovery",
        AccountDeletion = "account-deletion",
        Activation = "activation",
        LostReport = "lost-report",
    }
}

impl Request {
    /// Whether the account meant is the one the device is bound to, before any claimed one (JUDGEMENT.md §2).
    pub const fn means_bound_account(self) -> bool {
        matches!(self, Self::Unbind | Self::DeviceReset | Self::LostReport)
    }

    /// The act an authorization for this request allows; `None` where the request ends in guidance.
    pub const fn op(self) -> Option<Op> {
        match self {
            Self::Unbind => Some(Op::Unbind),
            Self::DeviceReset => Some(Op::ResetDevice),
            Self::PasswordReset => Some(Op::ResetAccount),
            Self::LoginRecovery | Self::AccountDeletion | Self::Activation | Self::LostReport => None,
        }
    }
}

words! {
    /// What an authorization allows (CONTRACT.md §6, claim `op`).
    Op {
        Unbind = "unbind",
        ResetDevice = "reset-device",
        ResetAccount = "reset-account",
    }
}

words! {
    /// What the claimant can still reach.
    Access {
        SignedIn = "signed-in",
        Contact = "contact",
        Tried = "tried",
        None = "none",
    }
}

words! {
    /// The tool's recommendation, and the word of an agent's decision; the strictest first.
    Recommendation {
        Investigate = "investigate",
        Refuse = "refuse",
        Refer = "refer",
        Hold = "hold",
        Guide = "guide",
        Approve = "approve",
        ApproveSecond = "approve-second",
        Ask = "ask",
    }
}

impl Recommendation {
    /// Whether this word lets the device or account go.
    pub const fn grants(self) -> bool {
        matches!(self, Self::Approve | Self::ApproveSecond)
    }

    /// How far the word is from handing over: 0 grants with one yes, higher is stricter.
    pub const fn strictness(self) -> u8 {
        match self {
            Self::Approve => 0,
            Self::ApproveSecond => 1,
            Self::Guide => 2,
            Self::Ask => 3,
            Self::Hold => 4,
            Self::Refer => 5,
            Self::Refuse => 6,
            Self::Investigate => 7,
        }
    }
}

words! {
    /// Where a ticket stands (CONTRACT.md §2).
    State {
        Open = "open",
        Waiting = "waiting",
        Held = "held",
        Decided = "decided",
        Approved = "approved",
        Issued = "issued",
        Closed = "closed",
    }
}

impl State {
    /// Open is every state but `closed` (JUDGEMENT.md §2).
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed)
    }
}

words! {
    /// What a check may find.
    Outcome {
        Pass = "pass",
        Fail = "fail",
        Unknown = "unknown",
        Missing = "missing",
        Skip = "skip",
    }
}

words! {
    /// A set of checks that must all pass; in the order in which a customer can most easily bring it.
    Proof {
        Consent = "consent",
        Sim = "sim",
        Facts = "facts",
        Box = "box",
        Purchase = "purchase",
    }
}

words! {
    /// A person's part at the desk.
    Role {
        Agent = "agent",
        Approver = "approver",
        Custodian = "custodian",
        Auditor = "auditor",
    }
}

words! {
    /// Why a device is on a block list.
    NoticeKind {
        Lost = "lost",
        Stolen = "stolen",
        Blocked = "blocked",
        Fraud = "fraud",
        Finance = "finance",
    }
}

words! {
    /// How far a notice has come.
    NoticeStatus {
        Pending = "pending",
        Confirmed = "confirmed",
        Cleared = "cleared",
    }
}

words! {
    /// The life of an account.
    AccountState {
        Pending = "pending",
        Active = "active",
        Suspended = "suspended",
        Deleted = "deleted",
    }
}

words! {
    /// How an account's owner is reached.
    ContactKind {
        Email = "email",
        Phone = "phone",
    }
}

words! {
    /// Where a one-time code goes: the claimed SIM, or a verified contact of the account.
    Channel {
        Sim = "sim",
        Contact = "contact",
    }
}

words! {
    /// The kinds of evidence.
    EvidenceKind {
        Receipt = "receipt",
        Sim = "sim",
        Box = "box",
        Code = "code",
        Facts = "facts",
        Document = "document",
    }
}

words! {
    /// The registry lists (CONTRACT.md §3), in the order in which they are best imported.
    List {
        Tacs = "tacs",
        Devices = "devices",
        Accounts = "accounts",
        Contacts = "contacts",
        Bindings = "bindings",
        Sightings = "sightings",
        SimChanges = "sim-changes",
        Sales = "sales",
        Repairs = "repairs",
        Notices = "notices",
    }
}
