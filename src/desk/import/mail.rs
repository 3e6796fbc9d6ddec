//! Cases that come by mail. What a mail says of its sender is a claim like any other; what stands in it is offered to
//! the agent and judged by nobody until it is confirmed; where it belongs is told by what it answers, and an owner's
//! objection by its code alone.

use std::path::Path;
use std::time::Instant;

use sha2::{Digest as _, Sha256};

use super::cases::{Batch, CaseSummary, Landed};
use super::prepare::Prepared;
use super::{ImportOptions, OnProgress, Progress, Rejects, blobs, hex};
use crate::audit::{Draft, Info};
use crate::authority::random;
use crate::desk::object::{Stopped, named};
use crate::desk::{Desk, Failure, Folder};
use crate::domain::{CaseColumn, Email, MessageKind, OfferKind, Request, State};
use crate::intake::mail::{Mail, MailReader, MailShape, RawMail, Refused, language_of};
use crate::intake::{Caps, CaseFields, CaseRow, Reject, Trouble, Warning, claim_from_fields};
use crate::store;
use crate::store::desk::case_files;
use crate::store::desk::mails::{self, NewMail};
use crate::store::desk::tickets;
use crate::words::Phrase;
use crate::words::kept::kept;

/// Words of a subject that may name a ticket.
const MOST_NAMES: usize = 20;
/// Tickets joined to one another one after the other.
const MOST_JOINED: usize = 10;

/// What mails brought, beside tickets.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct MailSummary {
    /// `eml`, `mbox` or `maildir`.
    pub shape: &'static str,
    /// Mails that answer a ticket that was there.
    pub answers: u64,
    /// Identifiers and files that are offered to the agent.
    pub offers: u64,
    /// Owners' objections, by their codes.
    pub objections: Vec<Objection>,
}

/// An owner's objection that came by mail.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Objection {
    /// The ticket.
    pub ticket: i64,
    /// What it stopped.
    pub stopped: Stopped,
}

/// Where a mail belongs.
enum Home {
    /// It is a new case; it may answer one that is closed.
    New { follows: Option<i64> },
    /// It answers a ticket.
    Ticket { id: i64, notice: bool },
}

/// Where a mail is kept, and as what.
struct Place<'a> {
    ticket: i64,
    /// The closed ticket that it answers.
    follows: Option<i64>,
    /// It answers a message to the account's owner.
    notice: bool,
    /// Who has heard what it says.
    heard: Option<&'a str>,
}

impl Place<'_> {
    fn of(ticket: i64, notice: bool) -> Self {
        Self { ticket, follows: None, notice, heard: None }
    }
}

impl Desk {
    /// Imports mails in one transaction.
    pub(super) fn import_mails(
        &mut self,
        path: &Path,
        shape: MailShape,
        options: &ImportOptions,
        progress: OnProgress<'_>,
    ) -> Result<CaseSummary, Failure> {
        let started = Instant::now();
        let reader = MailReader::open(path, shape)?;
        let rejects = Rejects::open(options.rejects.as_deref())?;
        let folder = self.folder.clone();
        let landed = self.act_of_file(|act| {
            let blind = options.blind(act.rehearsal);
            let mut batch = Batch::new(act, reader.name().to_owned(), rejects, false)?;
            batch.blind = blind;
            let mail = MailSummary { shape: shape.as_str(), answers: 0, offers: 0, objections: Vec::new() };
            batch.summary.mail = Some(mail);
            Mails { batch, folder, options, shape }.run(reader, progress)
        })?;
        let (Landed::All(mut summary) | Landed::Nothing(mut summary)) = landed;
        summary.seconds = started.elapsed().as_secs_f64();
        store::tidy_log(self.db());
        Ok(summary)
    }
}

/// Mails on their way in.
struct Mails<'a, 'b, 'c> {
    batch: Batch<'a, 'b>,
    folder: Folder,
    options: &'c ImportOptions,
    shape: MailShape,
}

impl Mails<'_, '_, '_> {
    fn run(mut self, mut reader: MailReader, progress: OnProgress<'_>) -> Result<Landed, Failure> {
        let of_bytes = reader.size();
        while let Some(next) = reader.next() {
            self.batch.summary.rows += 1;
            match next {
                Err(Trouble::File(error)) => return Err((*error).into()),
                Err(Trouble::Row(reject)) => self.refuse(*reject)?,
                Ok(raw) => {
                    if let Err(refused) = self.take(&raw)? {
                        self.refuse(raw.reject(refused.rule, refused.message))?;
                    }
                }
            }
            let now = Progress {
                rows: self.batch.summary.rows,
                bytes: reader.read(),
                of_bytes,
                ..Progress::default()
            };
            if !progress(now) {
                return Err(Failure::state(Phrase::of("fail-import-stopped")));
            }
        }
        self.batch.finish(&reader.digest(), of_bytes, self.options, progress)
    }

    /// A mail that is not taken. In a Maildir it lies there at the next import too: it is refused once, and from then on
    /// told with the way to be rid of it, so that it does not hide what is new.
    fn refuse(&mut self, reject: Reject) -> Result<(), Failure> {
        if self.shape == MailShape::Maildir {
            let act = &self.batch.act;
            // A mail that is read or marked gets another name behind the colon, and moves.
            let name = reject.value.rsplit('/').next().unwrap_or_default();
            let name = name.split(':').next().unwrap_or_default();
            let digest = Sha256::new_with_prefix(b"refused\0").chain_update(&reject.rule).chain_update(b"\0");
            let known: [u8; 32] = digest.chain_update(name).chain_update(&reject.raw).finalize().into();
            if case_files::known(act.conn, &known)? {
                let again = Phrase::of("intake-mail-again").with("what", reject.message.whole());
                let warning = Warning { column: CaseColumn::Note, message: again };
                self.batch.warn(reject.line, warning);
                self.batch.summary.unchanged += 1;
                return Ok(());
            }
            case_files::add(act.conn, &known, name, act.now, act.actor)?;
        }
        self.batch.rejects.add(reject)
    }

    /// One mail: known already, an objection, an answer, or a new case.
    fn take(&mut self, raw: &RawMail) -> Result<Result<(), Refused>, Failure> {
        let now = self.batch.act.now;
        let mut mail = match Mail::read(&raw.bytes, Caps::default(), now) {
            Ok(mail) => mail,
            Err(refused) => return Ok(Err(refused)),
        };
        let digest = mail.digest();
        let known = mail.id.as_ref().map_or_else(|| hex(&digest), |id| format!("id:{id}"));
        if let Some((ticket, before, _)) = mails::known(self.batch.act.conn, &known)? {
            if before != digest {
                // Whoever names their mail like another's must not make one of the two disappear.
                let message = Phrase::of("intake-mail-twice").with("ticket", ticket);
                return Ok(Err(Refused { rule: "mail.id", message }));
            }
            self.batch.summary.unchanged += 1;
            self.batch.speaks_of(ticket)?;
            return Ok(Ok(()));
        }
        if mail.automatic {
            return self.automatic(raw, &mail);
        }
        let objects = named(self.batch.act.conn, &mail.everything)?;
        if let Some(first) = objects.first().copied() {
            self.object(raw, &mail, &objects)?;
            let heard = Some(self.batch.act.actor);
            self.keep(raw, &known, &digest, &mail, Place { heard, ..Place::of(first, true) })?;
            return Ok(Ok(()));
        }
        match self.home(&mut mail)? {
            Home::Ticket { id, notice } => self.answer(raw, &known, &digest, &mail, (id, notice))?,
            Home::New { follows } => {
                let id = match self.new_case(raw, &mut mail, follows)? {
                    Ok(id) => id,
                    Err(refused) => return Ok(Err(refused)),
                };
                self.warn_all(raw, &mail);
                self.keep(raw, &known, &digest, &mail, Place { follows, ..Place::of(id, false) })?;
            }
        }
        Ok(Ok(()))
    }

    /// No person wrote it: nothing is done, but whom it did not reach is said, once.
    fn automatic(&mut self, raw: &RawMail, mail: &Mail) -> Result<Result<(), Refused>, Failure> {
        let act = &self.batch.act;
        let conn = act.conn;
        // Another digest than that of a file with this mail alone.
        let told: [u8; 32] =
            Sha256::new_with_prefix(b"automatic\0").chain_update(&raw.bytes).finalize().into();
        if case_files::known(conn, &told)? {
            self.batch.summary.unchanged += 1;
            return Ok(Ok(()));
        }
        case_files::add(conn, &told, raw.name(), act.now, act.actor)?;
        let mut about = named(conn, &mail.everything)?;
        for id in &mail.answers {
            if let Some((ticket, _)) = mails::message(conn, id.split('@').next().unwrap_or(id))? {
                about.push(ticket);
            }
        }
        let message = match about.first() {
            Some(ticket) => Phrase::of("intake-mail-automatic-to").with("ticket", *ticket),
            None => Phrase::of("intake-mail-automatic"),
        };
        Ok(Err(Refused { rule: "mail.automatic", message }))
    }

    fn object(&mut self, raw: &RawMail, mail: &Mail, tickets: &[i64]) -> Result<(), Failure> {
        let mut new = false;
        for id in tickets {
            let done = self.batch.act.object(
                *id,
                Some(&mail.subject).filter(|s| !s.is_empty()).map(String::as_str),
                true,
            )?;
            new |= !done.already;
            if let (Some(stopped), Some(sum)) = (done.stopped, &mut self.batch.summary.mail) {
                sum.objections.push(Objection { ticket: *id, stopped });
            }
            self.warn(raw, Phrase::of("intake-mail-objection").with("ticket", *id));
            self.batch.speaks_of(*id)?;
        }
        if new {
            self.batch.summary.updated += 1;
        } else {
            self.batch.summary.unchanged += 1;
        }
        Ok(())
    }

    /// The ticket that a mail answers. What it says it answers leads there; a number in its subject only if it comes
    /// from the claimant's own address, since numbers are easily guessed.
    fn home(&self, mail: &mut Mail) -> Result<Home, Failure> {
        let conn = self.batch.act.conn;
        for id in &mail.answers {
            let answered = match mails::known(conn, &format!("id:{id}"))? {
                Some((ticket, _, notice)) => Some((ticket, notice)),
                None => mails::message(conn, id.split('@').next().unwrap_or(id))?
                    .map(|(ticket, kind)| (ticket, kind != MessageKind::Reply)),
            };
            if let Some((ticket, notice)) = answered {
                return self.lives(ticket, notice);
            }
        }
        let names = mail.subject.split(|c: char| c.is_whitespace() || "[](),;:.!".contains(c));
        let mut named = None;
        for name in names.filter(|n| n.contains(|c: char| c.is_ascii_digit())).take(MOST_NAMES) {
            let number = name.strip_prefix('#').and_then(|n| n.parse::<i64>().ok());
            let found = match number {
                Some(number) => tickets::get(&self.batch.act.statements, number)?.map(|t| t.id),
                None => tickets::by_reference(conn, name)?,
            };
            let Some(id) = found else { continue };
            if self.is_claimants(id, &mail.sender.address)? {
                return self.lives(id, false);
            }
            named = named.or(Some(id));
        }
        if let Some(id) = named {
            mail.warnings.push(Phrase::of("intake-mail-names").with("ticket", id));
        }
        Ok(Home::New { follows: None })
    }

    /// Where a ticket lives on: in the one that it was joined to; a closed one in a new one.
    fn lives(&self, mut id: i64, notice: bool) -> Result<Home, Failure> {
        for _ in 0..MOST_JOINED {
            match self.batch.act.ticket(id)?.merged_into {
                Some(into) => id = into,
                None => break,
            }
        }
        if self.batch.act.ticket(id)?.state == State::Closed && !notice {
            return Ok(Home::New { follows: Some(id) });
        }
        Ok(Home::Ticket { id, notice })
    }

    fn is_claimants(&self, id: i64, address: &Email) -> Result<bool, Failure> {
        let ticket = self.batch.act.ticket(id)?;
        let claimed = ticket.given.get("claimant_email").and_then(|text| Email::parse(text).ok());
        Ok(claimed.is_some_and(|claimed| claimed == *address))
    }

    /// A mail that answers a ticket: it lies there, and changes nothing that is judged.
    fn answer(
        &mut self,
        raw: &RawMail,
        known: &str,
        digest: &[u8; 32],
        mail: &Mail,
        (id, notice): (i64, bool),
    ) -> Result<(), Failure> {
        let state = self.batch.act.ticket(id)?.state;
        if notice {
            self.warn(raw, Phrase::of("intake-mail-notice").with("ticket", id));
        } else if matches!(state, State::Decided | State::Approved | State::Issued) {
            self.warn(raw, Phrase::of("intake-mail-late").with("ticket", id).with("state", state));
        } else {
            self.batch.act.wake(id)?;
        }
        self.warn_all(raw, mail);
        self.keep(raw, known, digest, mail, Place::of(id, notice))?;
        self.batch.summary.updated += 1;
        self.batch.speaks_of(id)?;
        if let Some(sum) = &mut self.batch.summary.mail {
            sum.answers += 1;
        }
        Ok(())
    }

    /// A ticket that says what the mail says of itself, and nothing that stands in it.
    fn new_case(
        &mut self,
        raw: &RawMail,
        mail: &mut Mail,
        follows: Option<i64>,
    ) -> Result<Result<i64, Refused>, Failure> {
        if let Some(closed) = follows {
            mail.warnings.push(Phrase::of("intake-mail-follows").with("ticket", closed));
        }
        let mut fields = CaseFields::default();
        let asked = asked(&mail.subject, &mail.text);
        let request = asked.or(self.options.request).unwrap_or(Request::Unbind);
        if asked.is_none() {
            mail.warnings.push(Phrase::of("intake-mail-request").with("request", request));
        }
        fields.set(CaseColumn::Request, request.as_str());
        fields.set(CaseColumn::ClaimantEmail, mail.sender.address.plain());
        fields.set(CaseColumn::ClaimantName, mail.sender.name.as_deref().unwrap_or_default());
        fields.set(CaseColumn::Language, language_of(&mail.text).unwrap_or_default());
        let (region, now) = (self.batch.act.region(), self.batch.act.now);
        let (claim, _) = match claim_from_fields(&fields, region, now) {
            Ok(made) => made,
            Err(no) => return Ok(Err(Refused { rule: no.rule, message: no.message })),
        };
        let row = CaseRow { line: raw.line, fields, claim, attachments: Vec::new(), warnings: Vec::new() };
        let salt = random().map_err(|e| Failure::internal(e.phrase()))?;
        self.batch.case(&mut Prepared::new(row, salt))?;
        // A later mail may be an objection to it.
        self.batch.enter_links()?;
        let id = self.batch.landed.last().copied();
        Ok(Ok(id.ok_or_else(|| Failure::fault("A mail made no ticket."))?))
    }

    /// Keeps a mail on its ticket, with what it offers. An owner's identifiers are none of the claimant's: of their
    /// mails only the files are offered.
    fn keep(
        &mut self,
        raw: &RawMail,
        known: &str,
        digest: &[u8; 32],
        mail: &Mail,
        Place { ticket, follows, notice, heard }: Place<'_>,
    ) -> Result<(), Failure> {
        // As it came, so that an outsider can check what is said to stand in it.
        let original: [u8; 32] = Sha256::digest(&raw.bytes).into();
        if !self.options.dry_run {
            blobs::keep_bytes(&self.folder, &original, &raw.bytes)?;
        }
        let stranger = !self.is_claimants(ticket, &mail.sender.address)?;
        let act = &mut *self.batch.act;
        let remarks: Vec<String> =
            mail.warnings.iter().map(|w| kept(&w.clone().shown()).replace('\n', " ")).collect();
        let new = NewMail {
            known,
            digest,
            ticket,
            follows,
            stranger,
            notice,
            name: mail.sender.name.as_deref(),
            sender: mail.sender.address.plain(),
            subject: &mail.subject,
            text: &mail.text,
            remarks: &remarks.join("\n"),
            sent_at: mail.sent_at,
            at: act.now,
            by: act.actor,
            original: &original,
            bytes: raw.bytes.len() as u64,
            heard_by: heard,
        };
        let id = mails::add(act.conn, &new)?;
        let mut offers = 0;
        for find in mail.finds(act.region()).iter().filter(|_| !notice) {
            mails::offer(act.conn, id, find.kind, &find.text, find.damaged, None)?;
            offers += 1;
        }
        for file in &mail.files {
            if !self.options.dry_run {
                blobs::keep(&self.folder, file)?;
            }
            mails::offer(act.conn, id, OfferKind::File, &file.name, false, Some(&file.to_domain()))?;
            offers += 1;
        }
        let salt = act.ticket(ticket)?.salt;
        let draft = Draft::new("mail.taken", act.actor)
            .commit("sender", &salt, mail.sender.address.plain().as_bytes())
            .commit("text", &salt, mail.text.as_bytes())
            .digest("original", &original)
            .info("mail", Info::Number(id))
            .info("offers", Info::Number(offers));
        act.log(draft, Some(ticket))?;
        if let Some(sum) = &mut self.batch.summary.mail {
            sum.offers += u64::try_from(offers).unwrap_or(0);
        }
        Ok(())
    }

    fn warn_all(&mut self, raw: &RawMail, mail: &Mail) {
        for warning in &mail.warnings {
            self.warn(raw, warning.clone());
        }
    }

    fn warn(&mut self, raw: &RawMail, message: Phrase) {
        self.batch.warn(raw.line, Warning { column: CaseColumn::Note, message: raw.named(message) });
    }
}

/// Words by which people ask for something, as parts of words in small letters.
const ASKED: [(Request, &[&str]); 7] = [
    (Request::LostReport, &["lost my", "stolen", "stole my", "украл", "украден", "потерял", "утерян"]),
    (Request::AccountDeletion, &["delete my account", "delete the account", "удалить акк", "удалить уч"]),
    (Request::Activation, &["activation", "активац"]),
    (Request::PasswordReset, &["password", "парол"]),
    (
        Request::LoginRecovery,
        &["forgot my login", "which email", "which e-mail", "забыл логин", "забыла логин"],
    ),
    (Request::DeviceReset, &["factory reset", "reflash", "wiped", "hard reset", "прошив", "сброс"]),
    (Request::Unbind, &["unbind", "unlink", "release", "bound to", "отвяз", "отвяж", "привязан"]),
];

/// What a mail asks for: by its subject, else by its text; nothing where it might be several things.
fn asked(subject: &str, text: &str) -> Option<Request> {
    let only = |text: &str| {
        let text = text.to_lowercase();
        let mut all =
            ASKED.iter().filter(|(_, words)| words.iter().any(|w| text.contains(w))).map(|(r, _)| *r);
        let first = all.next();
        first.filter(|_| all.next().is_none())
    };
    only(subject).or_else(|| only(text))
}
