//! The columns of the queue: which are chosen, in which order, and how wide each is. Pure.
#![allow(dead_code)] // chosen and kept from the next change on

/// A column of the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// What is recommended, or where the ticket stands.
    Word,
    Ticket,
    Request,
    Claimant,
    Device,
    /// A badge a proof.
    Proofs,
    Age,
    Due,
    /// Who has taken it, and for how long yet.
    Holder,
    State,
    /// How many cautions stand.
    Cautions,
}

impl Column {
    /// Every column, in the order in which they stand at first.
    pub const ALL: &'static [Self] = &[
        Self::Word,
        Self::Ticket,
        Self::Request,
        Self::Claimant,
        Self::Device,
        Self::Proofs,
        Self::Age,
        Self::Due,
        Self::Holder,
        Self::State,
        Self::Cautions,
    ];

    /// Those chosen at first.
    pub const FIRST: usize = 9;

    /// Its word where columns are kept.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Ticket => "ticket",
            Self::Request => "request",
            Self::Claimant => "claimant",
            Self::Device => "device",
            Self::Proofs => "proofs",
            Self::Age => "age",
            Self::Due => "due",
            Self::Holder => "holder",
            Self::State => "state",
            Self::Cautions => "cautions",
        }
    }

    /// Its heading; `.about` says what stands in it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Word => "queue-column-word",
            Self::Ticket => "queue-column-ticket",
            Self::Request => "queue-column-request",
            Self::Claimant => "queue-column-claimant",
            Self::Device => "queue-column-device",
            Self::Proofs => "queue-column-proofs",
            Self::Age => "queue-column-age",
            Self::Due => "queue-column-due",
            Self::Holder => "queue-column-holder",
            Self::State => "queue-column-state",
            Self::Cautions => "queue-column-cautions",
        }
    }

    /// Least cells, and how early it goes where there is no room: small goes first.
    const fn cells(self) -> (usize, u8) {
        match self {
            Self::Word => (16, 10),
            Self::Ticket => (8, 11),
            Self::Request => (8, 5),
            Self::Claimant => (8, 3),
            Self::Device => (12, 7),
            Self::Proofs => (5, 6),
            Self::Age => (4, 1),
            Self::Due => (5, 9),
            Self::Holder => (8, 8),
            Self::State => (8, 2),
            Self::Cautions => (3, 1),
        }
    }
}

/// Columns as they are chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// Every column, with whether it is shown.
    pub all: Vec<(Column, bool)>,
}

impl Default for Columns {
    fn default() -> Self {
        Self { all: Column::ALL.iter().enumerate().map(|(n, c)| (*c, n < Column::FIRST)).collect() }
    }
}

impl Columns {
    /// As a line to be kept: hidden ones behind a minus.
    pub fn to_line(&self) -> String {
        let words = self.all.iter().map(|(c, on)| format!("{}{}", if *on { "" } else { "-" }, c.as_str()));
        words.collect::<Vec<_>>().join(" ")
    }

    /// Reads a kept line; columns that it does not know of stand hidden at the end.
    pub fn of_line(line: &str) -> Self {
        let mut all: Vec<(Column, bool)> = Vec::new();
        for word in line.split_whitespace() {
            let (name, on) = word.strip_prefix('-').map_or((word, true), |name| (name, false));
            let column = Column::ALL.iter().copied().find(|c| c.as_str() == name);
            all.extend(column.filter(|c| all.iter().all(|(known, _)| known != c)).map(|c| (c, on)));
        }
        let rest: Vec<_> = Column::ALL.iter().filter(|c| all.iter().all(|(known, _)| known != *c)).collect();
        all.extend(rest.into_iter().map(|c| (*c, false)));
        if all.iter().all(|(_, on)| !on) { Self::default() } else { Self { all } }
    }

    /// Shows or hides the column at a place; one is always shown.
    pub fn toggle(&mut self, place: usize) {
        let shown = self.all.iter().filter(|(_, on)| *on).count();
        if let Some((_, on)) = self.all.get_mut(place).filter(|(_, on)| !*on || shown > 1) {
            *on = !*on;
        }
    }

    /// Moves the column at a place one to the left or right; says where it is then.
    pub fn shift(&mut self, place: usize, right: bool) -> usize {
        let to = if right { place + 1 } else { place.wrapping_sub(1) };
        if place < self.all.len() && to < self.all.len() {
            self.all.swap(place, to);
            return to;
        }
        place
    }

    /// The columns for which there is room, each with its cells. One cell stands between two.
    pub fn widths(&self, width: usize) -> Vec<(Column, usize)> {
        let mut shown: Vec<(Column, usize)> =
            self.all.iter().filter(|(_, on)| *on).map(|(c, _)| (*c, c.cells().0)).collect();
        let used = |shown: &[(Column, usize)]| shown.iter().map(|(_, cells)| cells + 1).sum::<usize>();
        while used(&shown) > width + 1 && shown.len() > 1 {
            let first = shown.iter().enumerate().min_by_key(|(_, (c, _))| c.cells().1).map_or(0, |(n, _)| n);
            shown.remove(first);
        }
        let mut left = (width + 1).saturating_sub(used(&shown));
        // First what is cut most, then what reads better with air; the device takes what is left.
        let wishes: [(Column, usize); 11] = [
            (Column::Request, 10),
            (Column::Device, 14),
            (Column::Holder, 8),
            (Column::Ticket, 12),
            (Column::Request, 16),
            (Column::Holder, 14),
            (Column::Proofs, 9),
            (Column::Device, 20),
            (Column::Claimant, 16),
            (Column::Cautions, 9),
            (Column::Device, 30),
        ];
        for (column, upto) in wishes {
            if let Some((_, cells)) = shown.iter_mut().find(|(c, _)| *c == column) {
                let more = upto.saturating_sub(*cells).min(left);
                *cells += more;
                left -= more;
            }
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_columns_is_read_as_it_was_written() {
        let mut columns = Columns::default();
        columns.toggle(2);
        let to = columns.shift(0, true);
        assert_eq!(to, 1);
        assert_eq!(Columns::of_line(&columns.to_line()), columns);
        for (line, expected) in [
            ("", Columns::default()),
            ("-word -ticket", Columns::default()),
            ("nonsense", Columns::default()),
        ] {
            assert_eq!(Columns::of_line(line), expected, "{line}");
        }
        let two = Columns::of_line("due word due");
        let shown: Vec<_> = two.all.iter().filter(|(_, on)| *on).map(|(c, _)| *c).collect();
        assert_eq!(shown, [Column::Due, Column::Word]);
        assert_eq!(two.all.len(), Column::ALL.len());
    }

    #[test]
    fn columns_never_take_more_than_there_is() {
        for width in 0..300 {
            let widths = Columns::default().widths(width);
            let used: usize = widths.iter().map(|(_, cells)| cells + 1).sum();
            assert!(used <= width + 1 || widths.len() == 1, "{width}: {widths:?}");
        }
        assert_eq!(Columns::default().widths(300).len(), Column::FIRST);
    }
}
