# The words of the screens in English. One section a screen; ids begin with what stands in brackets.
# How to add words: CONTRIBUTING.md.

## Common: words that every screen uses (common-)

common-tickets = { $n ->
    [one] { $n } ticket
   *[other] { $n } tickets
}

## Actions: name for bar and palette, .about for the help (act-)

act-next = next step
    .about = Do what the case needs next, as the top of the ticket says
act-decide = decide
    .about = Decide the ticket; the recommendation is offered first
act-send-code = send code
    .about = Send a one-time code to the claimed SIM or to the account's owner
act-confirm-code = read back
    .about = Take the code that the customer reads back
act-add-evidence = evidence
    .about = Add a receipt, SIM, box label, answers or a document
act-remove-evidence = remove evidence
    .about = Take an item of evidence away
act-note = note
    .about = Write a note for colleagues
act-approve = approve
    .about = Give the second yes to somebody else's decision
act-issue = issue
    .about = Sign the authorization, or show the one that is out
act-redeem = redeem
    .about = Use the authorization here: the binding is released
act-revoke = revoke
    .about = Withdraw an authorization that was not used
act-clear-check = clear check
    .about = Clear a check that fails against one other ticket, having read both
act-merge = merge twin
    .about = Join another open ticket of the same claimant into this one
act-clear-notice = clear notice
    .about = Clear the notice that a lost-report made; two people
act-object = object
    .about = Record that the owner objects
act-wait = wait
    .about = Set the ticket to wait for the customer
act-close = close
    .about = Close the ticket without a decision
act-reopen = reopen
    .about = Open a closed ticket again
act-take = take
    .about = Take the ticket; from a colleague only with a reason
act-release = give back
    .about = Give the ticket back to the queue
act-open = open
    .about = Open the selected ticket
act-filter = filter
    .about = Show only tickets with a text in them; type, then Enter
act-clear-filter = clear filter
    .about = Show every ticket of the view again
act-view-to-do = to do
    .about = What can be worked on now
act-view-to-approve = to approve
    .about = What waits for a second yes or a cool-down
act-view-waiting = waiting
    .about = What waits for a customer or a time
act-view-issued = issued
    .about = Authorizations that are out and unused
act-view-mine = mine
    .about = What you hold
act-view-all = all
    .about = Everything that is not closed
act-next-view = next view
    .about = Go one view to the right
act-previous-view = previous view
    .about = Go one view to the left
act-sort = sort
    .about = Sort by urgency, due time, age or number
act-preview = preview
    .about = Show or hide the preview
act-quit = quit
    .about = Leave the program
act-back = queue
    .about = Go back to the queue
act-next-ticket = next ticket
    .about = Open the next ticket of the queue
act-previous-ticket = previous ticket
    .about = Open the previous ticket of the queue
act-all-checks = all checks
    .about = Show or fold checks that do not apply or have nothing to read
act-pane = next section
    .about = Go to the next section, or to the other pane where there are two
act-reveal = reveal
    .about = Show persons of the registry in full for a minute; it is logged
act-copy = copy
    .about = Copy the token through the terminal (OSC 52)
act-save = save token
    .about = Save the token to a file
act-save-qr = save QR
    .about = Save the QR code as SVG
act-dismiss = dismiss
    .about = Take the message off the screen
act-next-field = next field
    .about = Go to the next field
act-previous-field = previous field
    .about = Go to the previous field
act-submit = submit
    .about = Do it, from any field
act-cancel = cancel
    .about = Leave; what was typed is kept for the next time
act-editor = editor
    .about = Write the text in your own editor (VISUAL or EDITOR, else vi)
act-clear-form = clear form
    .about = Empty the form, and drop what was kept of it
act-down = down
    .about = One line down
act-up = up
    .about = One line up
act-page-down = page down
    .about = One page down
act-page-up = page up
    .about = One page up
act-first = top
    .about = To the first line
act-last = end
    .about = To the last line
act-help = help
    .about = Every key; type to search
act-palette = palette
    .about = Every action by its name
act-messages = messages
    .about = What went wrong so far
act-refresh = refresh
    .about = Read the desk again
act-suspend = suspend
    .about = Put the program aside; `fg` brings it back
act-language = language
    .about = Switch the screens to the next language
act-lookup-go = go
    .about = Open the selected ticket, or look up the selected thing
act-lookup-type = look up
    .about = Type or paste an identifier
act-lookup-back = lookup before
    .about = Go back to what was looked up before
act-lookup-reveal = reveal all
    .about = Show everything in full for a minute, or mask it again; it is logged
act-back-screen = leave
    .about = Leave the screen for where it was called from
act-show-lookup = lookup
    .about = Look up any identifier
act-screens = go to
    .about = The list of screens; a letter goes there
act-import-go = go on
    .about = Let in what the dry run looked at, or open the selected new ticket
act-import-file = other file
    .about = Choose a file
act-import-next-list = next list
    .about = Take the file for the next kind of list
act-import-previous-list = previous list
    .about = Take the file for the kind of list before
act-import-stop = stop import
    .about = Stop the import; nothing of it stays
act-show-import = import
    .about = Bring in cases or a registry list; a dry run comes first
act-registry-weigh = weigh
    .about = Count the bytes of each list; it reads the whole file
act-policy-replay = replay a file
    .about = See which closed tickets a changed policy file would end differently
act-policy-rules = rules
    .about = Back from the replay to the policy
act-policy-open = open ticket
    .about = Open the selected ticket of the replay
act-show-registry = registry
    .about = How old and how large each list is
act-show-agents = agents
    .about = Who works here, with which roles and keys
act-show-policy = policy
    .about = What each line of the policy does; replay of a changed file

## Places: headings of the help (place-)

place-case = Acts on a ticket
place-queue = Queue
place-ticket = Ticket
place-grant = Authorization
place-form = Forms and questions
place-messages = Messages
place-everywhere = Everywhere
place-lookup = Lookup
place-screen = Screens beside the queue
place-import = Import
place-registry = Registry
place-agents = Agents
place-policy = Policy

## Language of the words that the desk itself keeps: states, recommendations, outcomes, requests, kinds (word-)


## Frame: title bar, message line, bottom bar, help, palette, messages (frame-)

frame-go-to = Go to — a letter, or Enter
frame-go-queue = The tickets, and what to do next

## Queue (queue-)


## Ticket (ticket-)


## Guidance and next step (next-)


## Why an action cannot be done now (why-)

why-only-queue = Only in the queue or a ticket.
why-only-on = Only on the screen “{ $screen }”.
why-is-queue = This is the queue.

## Forms and questions (form-)


## What a field's check says while it is typed (field-)


## What has been done: toasts (done-)


## What is being done (doing-)


## Authorization on the screen (grant-)


## Lookup (lookup-)

lookup-empty = Type or paste any identifier: an IMEI in any form, a serial, an ICCID, a phone number, an e-mail, an account, a receipt, a ticket or an authorization. Enter looks it up as everything it can be.
lookup-waiting = Looking it up …
lookup-unknown = Neither the registry nor any ticket knows it.
lookup-is-masked = masked; R shows it in full for a minute, which is logged
lookup-in-full = shown in full; R masks it
lookup-masked-again = Masked again.
lookup-revealed = Shown in full for a minute; the log has it.
lookup-why-go = Nothing leads on from here.
lookup-why-first = This is the first lookup.
lookup-why-nothing = Nothing is looked up.
lookup-why-readonly = Revealing is logged, and the desk is open read-only.
lookup-kind-none = no identifier that is known
lookup-kind-imei = IMEI
lookup-kind-serial = serial
lookup-kind-email = e-mail
lookup-kind-phone = phone
lookup-kind-iccid = ICCID
lookup-kind-account = account
lookup-kind-receipt = receipt
lookup-kind-ticket = ticket
lookup-kind-authorization = authorization
lookup-shares-device = same device
lookup-shares-account = same account
lookup-shares-contact = same contact
lookup-shares-receipt = same receipt
lookup-shares-sim = same SIM
lookup-shares-text = same text
lookup-tickets-of = { $shown } of { $n } tickets
lookup-device = Device
lookup-account = Account
lookup-sim = SIM
lookup-receipt = Receipt
lookup-near = near it
lookup-model = model
lookup-imei = IMEI
lookup-serial = serial
lookup-made = made
lookup-record = record
lookup-no-record = none; other lists name it
lookup-bound = bound
lookup-was-bound = was bound
lookup-since = since
lookup-released = released
lookup-lost-mode = LOST MODE since
lookup-notice = ! notice
lookup-old-notice = notice
lookup-reported = reported
lookup-cleared = cleared
lookup-lapses = lapses
lookup-seen = seen
lookup-sold = sold
lookup-repaired = repaired
lookup-became = became
lookup-one-device = one device
lookup-notices-only = notices only
lookup-number = number
lookup-iccid = ICCID
lookup-changed = last change
lookup-id = id
lookup-name = name
lookup-registered = registered
lookup-signed-in = signed in
lookup-email = e-mail
lookup-phone = phone
lookup-not-verified = not verified
lookup-verified = verified
lookup-replaced = replaced
lookup-sim-changed = SIM changed
lookup-device-of = device

## Approver's screen (approver-)


## Authorizations: the list of what is out (authorizations-)


## Import (import-)

import-cases = cases
import-hint-pick = Tab completes, Enter opens; a dry run comes first and changes nothing
import-hint-working = Esc stops; nothing of it stays
import-hint-settling = all rows are in; this cannot be stopped any more
import-hint-problem = Tab takes the file for another list; / chooses another file
import-hint-good-rows = Enter lets good rows in, the others are written beside; Tab: other list
import-hint-looked = nothing was changed yet; Enter lets it in; Tab takes it for another list
import-hint-landed = Enter opens a ticket, or keeps one recommendation; / another file
import-reading = Reading the folder …
import-folder-problem = The folder cannot be read: { $why }
import-no-such = Nothing here has that name.
import-dry = dry run: nothing was changed
import-looking = Looking the file through; nothing is changed
import-landing = Importing; all of it lands at the end, at once
import-settling = Every row has landed. Tickets that share something are judged again …
import-rate = { $n ->
    [one] { $n } row · { $rate } a second
   *[other] { $n } rows · { $rate } a second
}
import-left = about { $time } left
import-would = Would come in
import-did = Came in
import-rows = rows in the file
import-new-tickets = new tickets
import-added = new rows
import-updated = updated
import-unchanged = unchanged
import-removed = removed
import-rejected = rejected
import-took = in { $time } s
import-rejects-in = The rejected rows are in { $file }; correct them and import that.
import-recommended = By recommendation
import-problems = { $n ->
    [one] { $n } row with a problem
   *[other] { $n } rows with problems
}
import-more = { $n ->
    [one] … and { $n } more
   *[other] … and { $n } more
}
import-warnings = Read around
import-fresh = New tickets, { $shown } of { $n }
import-stopped = Stopped; nothing of it stayed.
import-why-idle = Nothing is being imported.
import-why-settling = Every row has landed; it cannot be stopped any more.
import-why-working = It is still at work; Esc stops it.
import-why-none = Nothing new came in.
import-why-no-file = Choose a file first.
import-why-readonly = The desk is open read-only.
import-why-custodian = Lists are imported by a custodian.
import-why-nothing = Nothing of this file would come in.

## Registry (registry-)

registry-tacs = TAC table
registry-devices = devices
registry-accounts = accounts
registry-contacts = contacts
registry-bindings = bindings
registry-sightings = sightings
registry-sim-changes = SIM changes
registry-sales = sales
registry-repairs = repairs
registry-notices = notices
registry-hint = a list older than { $time } is stale (stale_hours in config.toml); F4 imports
registry-reading = Reading the registry …
registry-stale = { $n ->
    [one] { $n } list is stale: what it says may no longer be true, and cases are judged by it.
   *[other] { $n } lists are stale: what they say may no longer be true, and cases are judged by them.
}
registry-fresh = Every list that came is fresh.
registry-never-many = { $n ->
    [one] { $n } list never came.
   *[other] { $n } lists never came.
}
registry-list = list
registry-rows = rows
registry-size = size
registry-age = came
registry-file = file
registry-never = never
registry-is-stale = stale
registry-whole = { $bytes } on disk · import number { $n }

## Report (report-)


## Log (log-)


## Agents and policy (people-, policy-)

people-hint = roles and keys are changed with `latchkey agents`, by a custodian and the root's key
people-reading = Reading the keyset …
people-disabled = disabled
people-not-yet = begins in { $time }
people-ended = ended
people-soon = ends in { $time }
people-for = good for { $time }
people-agent = agent
people-approver = approver
people-custodian = custodian
people-auditor = auditor
people-name = name
people-roles = roles
people-key-age = key age
people-key = key
people-standing = standing
people-keyset = Keyset: who may sign what
people-version = version
people-signed = signed
people-root = root's key
people-solo = one agent signs alone
people-nothing = nothing
people-rehearsal = A rehearsal: these keys open nothing real. You are { $name }.
policy-hint = r replays a changed file over the closed tickets; ≠ is not as shipped
policy-hint-type = the path of a policy file; Enter judges the closed tickets by it, nothing is kept
policy-hint-replayed = Enter opens a ticket; p goes back to the rules; r replays another file
policy-file = policy file
policy-working = Judging: { $n } of { $of }; Esc stops
policy-replay-of = Replay of
policy-shipped = the shipped policy
policy-reading = Reading the policy …
policy-thresholds = Thresholds
policy-due = Due, in working hours
policy-due-does = from receipt until it is late
policy-accept = What suffices
policy-one = one agent
policy-two = two people
policy-needs = and needs
policy-never = never by proofs alone
policy-effects = What a finding leads to
policy-was = shipped: { $n }
policy-except = except for
policy-for = only for
policy-investigate = investigate: fraud is likely, nobody may hand anything over
policy-refuse = refuse: the facts speak against it
policy-refer = refer to a service centre
policy-hold = hold until it is settled
policy-guide = guide: the claimant can do it without us
policy-caution = caution: two people decide
policy-correct = name it as to be corrected when asking
policy-notice-cooling-days = days after a notice was cleared in which it still asks for a look
policy-clone-sims = SIMs in one device within clone_days that mean a cloned IMEI
policy-clone-days = days over which those SIMs are counted
policy-binding-days = days in which a binding is young: a caution
policy-idle-days = days since the owner's last sign-in from which nobody is there to be asked
policy-code-days = days that a code read back counts
policy-contact-days = days a contact must have stood unchanged
policy-facts-needed = right answers about the account that make a proof
policy-sim-days = days a SIM must have been in the device
policy-sim-recent-days = days within which it must have been seen there last
policy-sim-change-hours = hours after a SIM swap in which the number proves nothing
policy-box-distance = bits by which two pictures of one box may differ
policy-claims-per-month = devices one claimant may ask for in 30 days
policy-tries = wrong answers in tries_hours before nothing more is taken
policy-tries-hours = hours over which wrong answers are counted
policy-tries-month = wrong answers in 30 days
policy-cooldown-hours = hours from the owner notice to the authorization, where two decide
policy-due-hours = working hours until a ticket is due, where the request has no own
policy-notice-lapse-days = days after which a lost-report nobody confirmed lapses
policy-replaced-contact-days = days that a replaced contact is still told
policy-token-days = days an authorization lives
policy-token-challenge-hours = hours of one that answers a device's challenge
policy-changed = { $changed } of { $n } closed tickets would end differently.
policy-ways = From, to
policy-tickets = Tickets
policy-why-working = A replay is under way; Esc stops it.
policy-why-rules = These are the rules.
policy-why-open = No ticket is selected; replay a file first.

## Settings: language, theme, mouse, lock (set-)

set-language-is = The screens speak English.

## Findings: the sentences of the checks (finding-)

## Drafts and the editor (draft-)

draft-here = What you typed { $ago } and did not send is here; Ctrl+L clears it.
draft-taken = { $who } has taken this ticket over. What you typed is kept.
draft-unsent = unsent
draft-cut = A note holds 64 KiB; what is beyond was not taken.
draft-lines = { $n ->
    [one] { $n } line, { $above } above, { $below } below
   *[other] { $n } lines, { $above } above, { $below } below
}
draft-no-lines = No text of several lines is open.
