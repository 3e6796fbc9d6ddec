# The words of the screens in English. One section a screen; ids begin with what stands in brackets.
# How to add words: CONTRIBUTING.md.

## Common: words that every screen uses (common-)

common-tickets = { $n ->
    [one] { $n } ticket
   *[other] { $n } tickets
}
common-or = or
common-and = and
common-seconds = { $n } s
common-minutes = { $n } min
common-hours = { $n } h
common-days = { $n } d
common-s = { $n }s
common-m = { $n }m
common-h = { $n }h
common-d = { $n }d
common-in = in { $span }
common-now = now
common-ago = { $span } ago
common-just-now = just now

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
act-view-mine = mine
    .about = What you hold
act-view-to-decide = to decide
    .about = What an agent can work on now: to be decided, or ready to be issued
act-view-to-approve = to approve
    .about = What waits for a second yes
act-view-waiting = waiting
    .about = What the customer was asked for; the clock stands still
act-view-on-hold = on hold
    .about = What waits for a time: a hold, a cool-down
act-view-fraud = fraud
    .about = What is to be investigated
act-view-overdue = overdue
    .about = What is past its due time
act-view-all = all
    .about = Everything that is not closed
act-next-view = next view
    .about = Go one view to the right
act-previous-view = previous view
    .about = Go one view to the left
act-sort = sort
    .about = Sort by urgency, due time, age or number
act-reverse-sort = reverse
    .about = Sort the other way round
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
act-look = look closer
    .about = Open the selected finding, item or event; Tab goes from part to part
act-acts = acts
    .about = Every act on this ticket, and why some cannot be done
act-events = kind of events
    .about = Show only one kind of events in the timeline
act-find-event = find event
    .about = Show only events with a text in them; type, then Enter
act-picture = pictures
    .about = Show the files of the evidence: box photos, receipts
act-next-picture = next file
    .about = Show the next file
act-previous-picture = previous file
    .about = Show the previous file
act-next-finding = next finding
    .about = Open the next finding
act-previous-finding = previous finding
    .about = Open the previous finding
act-other-ticket = other ticket
    .about = Open the ticket that the finding speaks of
act-reveal = reveal
    .about = Show persons of the registry in full for a minute; it is logged
act-copy = copy
    .about = Copy the token through the terminal (OSC 52)
act-save = save token
    .about = Save the token to a file
act-save-qr = save QR
    .about = Save the QR code as SVG
act-save-page = save page
    .about = Save a page to print: what it allows, the token, the QR code
act-show-qr = QR code
    .about = Show the QR code on the whole window
act-invert-qr = swap light and dark
    .about = Draw the QR code the other way round, for a scanner that does not take it
act-grant-revoke = revoke this
    .about = Withdraw the authorization that is shown
act-grant-redeem = redeem this
    .about = Use the authorization that is shown here and now
act-grants-open = open authorization
    .about = Show the selected authorization with its token and QR code
act-grants-filter = filter authorizations
    .about = Show only authorizations with a text in them; type, then Enter
act-grants-next-tab = next tab
    .about = Go one tab to the right: out, redeemed, revoked, expired, all
act-grants-previous-tab = previous tab
    .about = Go one tab to the left
act-grants-ticket = its ticket
    .about = Open the ticket of the selected authorization
act-grants-revoke = revoke selected
    .about = Withdraw the selected authorization
act-grants-redeem = redeem selected
    .about = Use the selected authorization here and now
act-show-grants = authorizations
    .about = What this desk has signed: out, redeemed, revoked, expired
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
act-undo = undo
    .about = Take back what you did last, where that can be done
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
act-theme = colours
    .about = Switch the screens to the next colours
act-mouse = mouse
    .about = Take clicks and the wheel, or leave them to the terminal
act-lock = lock
    .about = Clear the screen until the passphrase is given
act-mark = mark
    .about = Mark the ticket, or take the mark off; acts go to all marked tickets
act-mark-to = mark to here
    .about = Mark every ticket from the one marked last to this one
act-mark-all = mark all
    .about = Mark every ticket that is found, beyond the screen too; again takes all marks off
act-results = results
    .about = What came of the last act on marked tickets
act-columns = columns
    .about = Choose and order the columns; they are kept for you
act-save-search = save search
    .about = Give view, filter and order a name; a tab leads there, for you or for everybody
act-drop-search = drop search
    .about = Forget the saved search that is open
act-send-back = send back
    .about = Send the decision back to who made it, with a reason; the ticket is open again

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
act-report-next = next part
    .about = The next part of the report
act-report-previous = part before
    .about = The part of the report before
act-report-longer = longer
    .about = Report on a longer time
act-report-shorter = shorter
    .about = Report on a shorter time
act-report-open = open it
    .about = Open the ticket of the selected line
act-show-report = report
    .about = How the queue goes, what was decided, and what an insider would leave behind
act-log-open = its ticket
    .about = Open the ticket of the selected leaf
act-log-filter = filter log
    .about = Only leaves with these words: who, what, when, #ticket; Enter searches the whole log
act-log-clear = whole log
    .about = Take the filter off
act-log-verify = verify
    .about = Verify every leaf, every signed row and every signed head
act-show-log = log
    .about = The audit log, with filter and verification
act-import-queue = to the queue
    .about = The queue with the new tickets alone

## Places: headings of the help (place-)

place-case = Acts on a ticket
place-queue = Queue
place-ticket = Ticket
place-grant = Authorization
place-grants = Authorizations
place-form = Forms and questions
place-messages = Messages
place-look = Over the ticket
place-picture = Pictures
place-everywhere = Everywhere
place-lookup = Lookup
place-screen = Screens beside the queue
place-import = Import
place-registry = Registry
place-agents = Agents
place-policy = Policy
place-report = Report
place-log = Log


## Language of the words that the desk itself keeps: states, recommendations, outcomes, requests, kinds (word-)

word-request-unbind = unbind
word-request-device-reset = device-reset
word-request-password-reset = password-reset
word-request-login-recovery = login-recovery
word-request-account-deletion = account-deletion
word-request-activation = activation
word-request-lost-report = lost-report
word-op-unbind = unbind
word-op-reset-device = reset-device
word-op-reset-account = reset-account
word-access-signed-in = signed-in
word-access-contact = contact
word-access-tried = tried
word-access-none = none
word-recommendation-investigate = investigate
word-recommendation-refuse = refuse
word-recommendation-refer = refer
word-recommendation-hold = hold
word-recommendation-guide = guide
word-recommendation-approve = approve
word-recommendation-approve-second = approve-second
word-recommendation-ask = ask
word-state-open = open
word-state-waiting = waiting
word-state-held = held
word-state-decided = decided
word-state-approved = approved
word-state-issued = issued
word-state-closed = closed
word-outcome-pass = pass
word-outcome-fail = fail
word-outcome-unknown = unknown
word-outcome-missing = missing
word-outcome-skip = skip
word-proof-consent = consent
word-proof-sim = sim
word-proof-facts = facts
word-proof-box = box
word-proof-purchase = purchase
word-role-agent = agent
word-role-approver = approver
word-role-custodian = custodian
word-role-auditor = auditor
word-notice-kind-lost = lost
word-notice-kind-stolen = stolen
word-notice-kind-blocked = blocked
word-notice-kind-fraud = fraud
word-notice-kind-finance = finance
word-notice-status-pending = pending
word-notice-status-confirmed = confirmed
word-notice-status-cleared = cleared
word-account-state-pending = pending
word-account-state-active = active
word-account-state-suspended = suspended
word-account-state-deleted = deleted
word-channel-sim = sim
word-channel-contact = contact
word-evidence-kind-receipt = receipt
word-evidence-kind-sim = sim
word-evidence-kind-box = box
word-evidence-kind-code = code
word-evidence-kind-facts = facts
word-evidence-kind-document = document
word-closed-withdrawn = withdrawn
word-closed-refused = refused
word-closed-guided = guided
word-closed-duplicate = duplicate
word-closed-redeemed = redeemed
word-closed-confirmed = confirmed
word-closed-merged = merged
word-effect-investigate = investigate
word-effect-refuse = refuse
word-effect-refer = refer
word-effect-hold = hold
word-effect-guide = guide
word-effect-caution = caution
word-effect-correct = correct

## Frame: title bar, message line, bottom bar, help, palette, messages (frame-)

frame-rehearsal = REHEARSAL
frame-readonly = READ-ONLY
frame-small = { $w }×{ $h }; 60×15 shows all
frame-trouble = { $more ->
    [0] Esc takes this off; M lists all
   *[other] Esc takes this off; { $more } more, M lists them
}
frame-judged = { $n ->
    [one] { $n } ticket judged again; Esc stops
   *[other] { $n } tickets judged again; Esc stops
}
frame-would-do = would do: { $sets }
frame-search = type to search
frame-help = Help — Esc closes
frame-not-now = { $about } — now: { $why }
frame-nothing = Nothing has that in its name.
frame-palette = Do what? Enter does it
frame-messages = Messages — d dismisses, Esc closes
frame-larger = Make the window larger.
frame-go-to = Go to — a letter, or Enter
frame-go-queue = The tickets, and what to do next

## Queue (queue-)

queue-to-approve = To approve
    .about = Approve
queue-waiting = Waiting for customer
    .about = Wait
queue-mine = Mine
    .about = Mine
queue-all = All
    .about = All
queue-to-decide = To decide
    .about = Decide
queue-on-hold = On hold until…
    .about = Hold
queue-fraud = Fraud
    .about = Fraud
queue-overdue = Overdue
    .about = Late
queue-by-urgency = urgency
queue-by-due = due time
queue-by-age = age
queue-by-number = number
queue-opening = Opening the desk …
queue-reading = Reading the queue …
queue-not-judged = not judged
queue-order = by { $by }
queue-order-reverse = by { $by }, the other way round
queue-chip = ×Esc
queue-chip-typing = Enter keeps, Esc clears
queue-still-reading = still reading …
queue-not-found = No ticket of this view has these words. Esc shows all of it; 8 looks in every view.
queue-empty = The desk has no open tickets. `latchkey import cases FILE` brings some in.
queue-nothing-here = Nothing here. Tab goes to the next view.
queue-column-word = to be
    .about = What is recommended, or where a decided ticket stands
queue-column-ticket = ticket
    .about = Its reference, else its number
queue-column-request = request
    .about = What the customer asks for
queue-column-claimant = claimant
    .about = Who asks, masked
queue-column-device = device
    .about = Model and identifier, masked
queue-column-proofs = proofs
    .about = Purchase, SIM, consent, box, facts: ✓ proven, ✗ contradicted, ? incomplete, · not given
queue-column-age = age
    .about = Since it came in
queue-column-due = due
    .about = Time left; ! late, ‖ the clock stands still, … until a wait ends
queue-column-holder = taken
    .about = Who has taken it, and for how long yet
queue-column-state = state
    .about = Where it stands
queue-column-cautions = △
    .about = How many cautions stand
queue-marked = { $n ->
    [one] { $n } marked
   *[other] { $n } marked
}
queue-single-code = Each caller reads back their own code: one ticket at a time.
queue-single-evidence = Evidence belongs to one claim: one ticket at a time.
queue-single-clear = A check is cleared against one other: one ticket at a time.
queue-single-object = An owner objects to one grant: one ticket at a time.
queue-single-merge = Merging marked tickets takes two or more.
queue-bulk-merge = Each becomes part of { $name }, the oldest, and is closed. Only twins are merged: open tickets of one claimant on one device or account.
queue-no-marks-results = Nothing was done on marked tickets yet.
queue-no-search = No saved search is open.
queue-nothing-marked = There is no ticket to mark.
queue-bulk-title = { $n ->
    [one] { $act }: { $n } ticket
   *[other] { $act }: { $n } tickets
}
queue-bulk-each = Each ticket is done for itself; what one refuses the others do all the same.
queue-bulk-refused = { $n ->
    [one] { $n } of the tickets on the screen will refuse:
   *[other] { $n } of the tickets on the screen will refuse:
}
queue-bulk-take = A reason is needed for what a colleague holds, and for nothing else.
queue-bulk-others = The others do it all the same; each result is listed.
queue-reason = Reason
queue-type-word = Type { $word }
queue-note = Note
queue-as-recommended = each as recommended
queue-decision = Decision
queue-to = To
queue-to-sim = the claimed number
queue-to-owner = the account's owner
queue-close-as = As
queue-results-title = { $act }: { $done } of { $n } done
queue-results-failed = { $n ->
    [one] { $n } was not done and stays marked.
   *[other] { $n } were not done and stay marked.
}
queue-results-keys = Enter opens the ticket, Esc closes; B shows this again
queue-columns-title = Columns
queue-columns-keys = Space shows or hides, ← → moves, Esc closes
queue-search-title = Save this search
queue-search-save = Save
queue-search-says = Kept in the desk: { $words }
queue-search-all = the whole view
queue-search-name = Name
queue-search-who = For
queue-search-me = me
queue-search-everybody = everybody at the desk
queue-search-long = A name has 1 to 24 characters.
queue-search-saved = Saved as { $name }; its tab stands behind the others.
queue-search-dropped = { $name } is forgotten.


## Merge: what two tickets would say as one (merge-)

merge-title = { $from } into { $into }: what it would say
merge-keys = y merges them, Esc leaves both as they are
merge-keys-refused = Esc closes
merge-would-say = The merged ticket would say
merge-new = new
merge-missing = would still do: { $sets }
merge-due = due { $due }, the earlier of both
merge-claim = The claim
merge-not = (not { $there })
merge-taken-over = (taken over)
merge-items = moves here: { $items }
merge-closes = { $from } is closed for good; its notes and contributors come along.
merge-twin = { $ticket }: the same claimant
merge-rival = { $ticket }: another claimant; to be looked at, not merged


## Ticket (ticket-)

ticket-more-proof = more proof is needed
ticket-also = also:
ticket-would-do = would do:
ticket-caution = caution:
ticket-badge-proven = proven
ticket-badge-contradicted = contradicted
ticket-badge-incomplete = incomplete
ticket-badge-not-given = not given
ticket-mark-same = same
ticket-mark-differs = differs
ticket-mark-look = look
ticket-mark-unknown = unknown
ticket-mark-missing = missing
ticket-reading = Reading the ticket …
ticket-say = say:
ticket-login = login:
ticket-bound = bound:
ticket-cooldown-ends = cool-down ends
ticket-until = until
ticket-with = with
ticket-came = came
ticket-overdue = overdue by
ticket-due = due
ticket-in-full = IN FULL
ticket-claimant = Claimant
ticket-claim-and-registry = Claim and registry
ticket-findings = Findings
ticket-evidence = Evidence
ticket-timeline = Timeline
ticket-claim = claim
ticket-registry = registry
ticket-folded = { $n ->
    [one] { $n } check had nothing to read; f shows it
   *[other] { $n } checks had nothing to read; f shows them
}
ticket-tickets = tickets { $names }
ticket-no-evidence = none; e adds some
ticket-file = file { $name } ({ $size } KiB)
ticket-by = by { $who }, { $ago }
ticket-removed = removed
ticket-code-read-back = read back
ticket-code-burnt = burnt by three wrong tries
ticket-code-ran-out = ran out
ticket-code-out = out; runs out { $until }
ticket-name = Name
ticket-email = E-mail
ticket-phone = Phone
ticket-language = Language
ticket-access = Access
ticket-group-device = device
ticket-group-account = account
ticket-group-claimant = claimant
ticket-ev-case-imported = came in with a batch
ticket-ev-case-updated = updated by a batch
ticket-ev-code-sent = code sent: { $channel }
ticket-ev-code-confirmed = code confirmed: { $channel }
ticket-ev-code-wrong = wrong code: { $channel }
ticket-ev-ticket-taken = took the ticket
ticket-ev-ticket-stolen = took the ticket over
ticket-ev-ticket-released = gave the ticket back
ticket-ev-ticket-revealed = saw personal data in full
ticket-ev-evidence-added = evidence { $evidence } added: { $kind }
ticket-ev-evidence-removed = evidence { $evidence } removed
ticket-ev-decision-cancelled = decision fell: { $why }
ticket-ev-owner-told = owner notice to { $contacts } contacts
ticket-ev-decision-approved = second yes
ticket-ev-authorization-issued = authorization issued
ticket-ev-authorization-redeemed = authorization used
ticket-ev-authorization-revoked = authorization revoked
ticket-ev-owner-objected = the owner objected
ticket-ev-ticket-reopened = opened again
ticket-ev-undone = undone: { $what }
ticket-ev-ticket-waiting = waits for the customer
ticket-ev-note = note
ticket-ev-decided = decided { $word }
ticket-ev-decided-against = decided { $word }, against { $recommendation }
ticket-ev-closed = closed: { $as }
ticket-device = Device
ticket-imei = IMEI
ticket-imei-2 = IMEI 2
ticket-serial = Serial
ticket-model = Model
ticket-near = Near miss
ticket-reg = Registry
ticket-made = Made
ticket-notice = Notice
ticket-account = Account
ticket-bound-to = Bound to
ticket-lost-mode = Lost mode
ticket-state = State
ticket-signed-in = Signed in
ticket-receipt = Receipt
ticket-retailer = Retailer
ticket-number = Number
ticket-date = Date
ticket-sold = Sold
ticket-sim = SIM
ticket-iccid = ICCID
ticket-change = Change
ticket-box = Box
ticket-picture = Picture
ticket-near-is = { $near } is in the registry
ticket-no-device = no such device
ticket-notice-is = { $status } { $kind }, { $when }
ticket-unbound = bound to no account
ticket-bound-since = { $account } since { $day }
ticket-on-since = on since { $day }
ticket-no-account = no such account
ticket-feed = has a feed
ticket-no-feed = sends no feed
ticket-not-in-feed = not in the feed
ticket-in-feed = in the feed
ticket-in-feed-rows = { $n ->
    [one] in the feed, { $n } row
   *[other] in the feed, { $n } rows
}
ticket-not-seen = not seen in this device
ticket-seen = seen in it { $from } to { $to }
ticket-no-change = no change recorded
ticket-changed = changed { $day }
ticket-no-picture = no picture
ticket-owner-objects = the owner has objected
ticket-owner-unreached = the account has no contact that could be told
ticket-proven = { $proof } is proven

## Guidance and next step (next-)

next-closed = Closed: { $word }. u opens it again.
next-issued = The authorization is out. Show it
next-cooling = Approved; the cool-down ends { $until }.
next-issue = Issue the authorization
next-somebody = somebody
next-second = { $by } said yes. Give the second yes
next-waits-second = Waits for an approver's second yes.
next-both = Both said yes.
next-both-cooling = Both said yes; the cool-down ends { $until }.
next-held = On hold: { $word }. d decides anew.
next-held-until = On hold; that ends { $until }.
next-refer = Waits for the service centre. d decides anew.
next-decide = Decide { $word }, as recommended
next-code-sim = A code is out to the sim. Take what is read back
next-code-contact = A code is out to the contact. Take what is read back
next-send-sim = Send a code to the claimed number, { $to }
next-send-contact = Send a code to the account's owner, { $to }
next-asked = Asked the customer for { $wanted }. Enter what came
next-ask = Ask the customer for { $wanted }
next-more = more
next-correction = a correction of { $of }

## Why an action cannot be done now (why-)

why-no-grant = No authorization is shown.
why-no-form = No form is open.
why-no-message = No message is left.
why-in-queue = Only in the queue.
why-no-ticket = No ticket is selected.
why-no-preview = The preview needs a window of 30 lines or 150 columns.
why-no-filter = Nothing is filtered.
why-only-ticket = Only in a ticket.
why-being-read = The ticket is still being read.
why-nothing = Nothing is to be done here now.
why-opening = The desk is still being opened.
why-readonly = The desk is open read-only.
why-not-closed = The ticket is not closed.
why-closed = The ticket is closed; reopen it first.
why-not-issued = No authorization is out.
why-no-notice = Only a lost-report made a notice.
why-issued = The authorization is out; revoke it first.
why-not-decided = No decision waits for a second yes.
why-pending = A second yes or the cool-down is pending.
why-not-approved = It is not approved yet.
why-waits = It waits already.
why-no-code-to = No number is claimed, and no account is known whose owner could be asked.
why-no-code = No code is out.
why-no-evidence = There is no evidence.
why-nobody = Nobody holds it.
why-objected = The owner has objected already.
why-no-twin = It has no twin.
why-clear-approver = Clearing a check takes an approver.
why-not-clearable = No failing check can be cleared.
why-yours = You hold it.
why-own-work = You decided or added evidence; another person must approve.
why-approved = You approved it already.
why-role = { $agent } is { $roles } here; tickets are for agents and approvers.
why-held = { $who } holds the ticket; take it over first.
why-cooldown = The cool-down runs until { $until }.
why-approver = The second yes takes an approver; { $agent } is none.
why-only-queue = Only in the queue or a ticket.
why-only-on = Only on the screen “{ $screen }”.
why-is-queue = This is the queue.

## Forms and questions (form-)

form-code-title = Code read back for { $name }
form-code-go = Check
form-code = Code
form-code-sent = Sent to { $to }; runs out { $until }.
form-code-rehearsal = Rehearsal: nothing was sent. The code is { $code }.
form-yes-no = y yes · n no
form-anywhere = Ctrl+S does it from anywhere
form-cancel = Cancel
form-never = — never: { $why }
form-tick = Space ticks it
form-is-needed = { $what } is needed.
form-tick-first = Tick “{ $what }” first: Space does.
form-type-word = Type { $word } to do it.
form-choose-decision = Choose a decision.
form-six-digits = A code is six digits; nothing was counted.
form-nothing-given = Nothing is given yet.
form-choose-item = Choose an item.
form-choose-ticket = Choose a ticket.
form-choose-check = Choose a check.
form-no-qr = The token is too long for a QR code.
form-then-approve = The ticket may be issued at once; the owner is told when it is.
form-then-second = { $n ->
    [one] An approver must say yes too. The owner is told now, and nothing is issued for { $n } hour.
   *[other] An approver must say yes too. The owner is told now, and nothing is issued for { $n } hours.
}
form-then-ask = The ticket waits for the customer.
form-then-refer = The ticket waits; a service centre must look at the device.
form-then-hold = The ticket is on hold until the time that is known.
form-then-investigate = The ticket goes to the fraud queue.
form-then-guide = The ticket is closed as guided.
form-then-refuse = The ticket is closed as refused.
form-never-guidance = ends in guidance
form-never-investigate = to be investigated first
form-never-notice = a confirmed notice stands
form-never-lost-mode = the owner's lost mode is on
form-never-objected = the owner has objected
form-recommended = { $word } (recommended)
form-override = { $word } (override: a reason and two people)
form-decide-title = Decide { $name }
form-decide = Decide
form-decision = Decision
form-overrides = This hands over more than recommended ({ $best }): an override. It takes a reason and two people, and is counted.
form-reason = Reason
form-reason-free = Reason (may be empty)
form-decide-word = Decide { $word }
form-claimed-number = claimed number
form-owner = account's owner
form-send-title = Send a code for { $name }
form-send = Send
form-send-code = A six-digit code: by phone good for 10 minutes, by e-mail for 24 hours, three tries.
form-send-names = The message names what is asked for, so a yes is a yes to exactly this.
form-to = To
form-code-tries = Sent to { $to } ({ $channel }); runs out { $until }, { $n ->
    [one] one try left
   *[other] { $n } tries left
}.
form-kind = Kind
form-evidence-title = Evidence for { $name }
form-add = Add
form-file = File
form-hint-receipt = Retailer, number and date make the receipt; the file is its picture.
form-hint-sim = The number, the ICCID printed on the card, or both.
form-hint-box = The number on the label, and the picture of it: typed digits alone prove nothing.
form-hint-facts = name=…; region=…; registered=2019; email=…; phone=…; device=model of another device
form-hint-document = A file that belongs to the case.
form-retailer = Retailer
form-number = Number
form-date = Date
form-imei = IMEI
form-serial = Serial
form-amount = Amount
form-currency = Currency
form-phone = Phone number
form-iccid = ICCID
form-answers = Answers
form-text = Text
form-remove-title = Remove evidence of { $name }
form-remove = Remove
form-remove-counts = It no longer supports the claim, but still counts where removing must not help.
form-remove-falls = A decision made before falls.
form-item = Item
form-merge-title = Merge into { $name }
form-merge = Look
form-merge-moves = What the other ticket holds moves here: its evidence, and claim fields that are empty here.
form-merge-closed = What the merged ticket would say is shown before anything is done.
form-from = From
form-clear-against = { $check } against ticket { $other }
form-clear-title = Clear a check of { $name }
form-clear = Clear
form-clear-sign = You sign that you read both tickets and that they may stand beside each other: a couple, a company's fleet, a stranger's typing.
form-check = Check
form-confirm-title = Confirm the notice of { $name }
form-confirm = Confirm
form-confirm-blocks = The device is blocked for everybody until two people clear the notice.
form-approve-title = Second yes for { $name }
form-approve = Approve
form-decided = { $by } decided { $word }, { $ago }.
form-decided-against = { $by } decided { $word } against the recommendation, { $ago }.
form-reason-is = Reason: { $reason }
form-owner-told = The owner was told; nothing is issued before { $time } ({ $until }).
form-approve-sign = You sign that you looked at this case and agree.
form-saw-box = I read the number in the picture of the box
form-issue-title = Issue for { $name }
form-issue = Issue
form-issue-signs = Signs an authorization to { $grants }. It is good for 7 days, once.
form-issue-told = The owner is told. It can be revoked as long as it is not used.
form-audience = Service centre (empty: any)
form-challenge = Challenge (hex, may be empty)
form-note-title = Note on { $name }
form-write = Write
form-note = Note
form-object-title = Objection on { $name }
form-record = Record
form-object-then = The ticket turns to refuse, an unused authorization stops, and a pending fraud notice stands on the device.
form-object-keeps = A reopened ticket keeps the objection.
form-object-said = What the owner said (may be empty)
form-word-object = object
form-word-revoke = revoke
form-word-redeem = redeem
form-type = Type { $word }
form-revoke-title = Revoke { $name }
form-revoke = Revoke
form-revoke-then = The authorization is withdrawn for good; who holds it learns so at the next list of revocations.
form-redeem-title = Redeem { $name }
form-redeem = Redeem
form-redeem-then = The authorization is used up here and now: the device is released from the account.
form-final = This cannot be taken back.
form-close-title = Close { $name }
form-close = Close
form-close-then = The ticket leaves the queue without a decision. It can be opened again.
form-as = As
form-as-withdrawn = withdrawn by the customer
form-as-guided = guided
form-as-refused = refused
form-as-duplicate = duplicate of another
form-steal-title = Take over { $name }
form-steal = Take over
form-steal-then = { $who } holds it now and may be working on it. The log keeps who took it over, and why.
form-clear-notice-title = Clear the notice of { $name }
form-clear-notice = Clear
form-clear-notice-then = The device is no longer blocked once an agent asked and an approver agreed.
form-wait-title = Wait: { $name }
form-wait = Wait
form-wait-then = The ticket waits for the customer and leaves the list of what to do.
form-reopen-title = Reopen { $name }
form-reopen = Reopen
form-reopen-then = Decision, approvals and codes fall; an objection of the owner stays.
form-release-title = Give back { $name }
form-release = Give back
form-release-then = Anybody may take the ticket then.
form-reveal-title = Reveal { $name }
form-reveal = Reveal
form-reveal-then = Names and contacts that the registry holds are shown in full for a minute.
form-reveal-log = The log keeps that you saw them.
form-save-qr = Save the QR code
form-save-token = Save the token
form-save-page = Save a page to print
form-save = Save
form-save-then = A new file that only you may read; an existing one is left alone.
form-passphrase = Passphrase
form-sign = Sign
form-passphrase-for = The key of { $agent } signs this; it is asked for once.

## What a field's check says while it is typed (field-)

field-needed = needed
field-typed = typed
field-type = type { $word }
field-digits = digits only
field-six = six digits
field-six-only = a code is six digits
field-of-six = { $n } of 6 digits
field-challenge = the token is good for 24 hours, on that device
field-hex = hexadecimal digits, as the device shows them
field-imei = { $imei }, type code { $tac }
field-check-digit = the check digit is right
field-no-fact = `{ $key }` is none of { $facts }
field-answers = { $n ->
    [one] { $n } answer
   *[other] { $n } answers
}

## What has been done: toasts (done-)

done-saved = Saved as { $path }.
done-revealed = Shown in full for a minute; the log has it.
done-code-burnt = Wrong, and no try is left: this code is burnt.
done-code-wrong = { $n ->
    [one] Wrong. One try is left.
   *[other] Wrong. { $n } tries are left.
}
done-take = { $name } is yours.
done-release = { $name } is free again.
done-send-code = Code for { $name } is on its way.
done-confirm-code = The code for { $name } is right.
done-add-evidence = { $name }: { $what } added.
done-remove-evidence = { $name }: evidence { $what } removed.
done-decide = { $name } decided: { $what }.
done-approve = { $name }: second yes given.
done-confirm-notice = { $name }: notice confirmed.
done-clear-notice = { $name }: clearing of the notice recorded.
done-clear = { $name }: { $what } cleared.
done-merge = Ticket { $what } is part of { $name } now.
done-object = { $name }: objection recorded.
done-issue = { $name }: authorization issued.
done-redeem = { $name }: redeemed.
done-revoke = { $name }: authorization revoked.
done-note = { $name }: note written.
done-wait = { $name } waits for the customer.
done-close = { $name } closed: { $what }.
done-reopen = { $name } is open again.
done-no-messages = Nothing went wrong so far.
done-last = This is the last ticket of the view.
done-first = This is the first ticket of the view.
done-all-checks = Every check is shown.
done-folded-checks = Checks that had nothing to read are folded.
done-copied = Sent to the terminal's clipboard (OSC 52); whether it took it cannot be told.
done-send-back = { $name }: sent back.


## What is being done (doing-)

doing-reading-queue = Reading the queue
doing-reading-ticket = Reading the ticket
doing-saving-file = Saving the file
doing-taking-ticket = Taking the ticket
doing-giving-ticket-back = Giving the ticket back
doing-sending-code = Sending the code
doing-checking-code = Checking the code
doing-adding-evidence = Adding the evidence
doing-removing-evidence = Removing the evidence
doing-signing-decision = Signing the decision
doing-signing-approval = Signing the approval
doing-confirming-notice = Confirming the notice
doing-clearing-notice = Clearing the notice
doing-clearing-check = Clearing the check
doing-joining-tickets = Joining the tickets
doing-recording-objection = Recording the objection
doing-signing-authorization = Signing the authorization
doing-redeeming = Redeeming
doing-revoking = Revoking
doing-writing-note = Writing the note
doing-setting-ticket-to-wait = Setting the ticket to wait
doing-closing-ticket = Closing the ticket
doing-undo = Taking it back
doing-opening-ticket-again = Opening the ticket again
doing-lookup = Looking it up
doing-reading-drafts = Reading drafts
doing-finding = Opening the finding
doing-picture = Decoding the picture
doing-assist = Asking the registry
doing-grants = Reading the authorizations
doing-folder = Reading the folder
doing-look-through = Looking the file through
doing-import = Importing
doing-judging = Judging again
doing-unlock = Trying the passphrase
doing-bulk = Working on the marked tickets
doing-send-back = Sending the decision back

doing-weigh = Weighing the lists
doing-registry = Reading the registry
doing-roster = Reading the keyset
doing-rulebook = Reading the policy
doing-replay = Judging closed tickets again
doing-report = Counting the log
doing-merged = Looking at both tickets as one
doing-log = Reading the log
doing-verify = Verifying the log


## Authorization on the screen (grant-)

grant-title = Authorization — c copies, s saves, r saves the QR code, Esc is done
grant-allows = allows
grant-for = for
grant-any = any service centre
grant-until = good until
grant-number = number
grant-token = Token
grant-qr-large = The QR code needs { $w } columns and { $h } lines of its own; r saves it as a picture instead.
grant-qr-none = The token is too long for a QR code; s saves it as a file.
grant-on = { $op } on { $sub }

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
lookup-shares-device = device
lookup-shares-account = account
lookup-shares-contact = contact
lookup-shares-receipt = receipt
lookup-shares-sim = SIM
lookup-shares-text = text
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
lookup-damaged-imei = Read as an IMEI it is damaged: { $why }.

## Approver's screen (approver-)

approver-decided = { $who } decided { $word }, { $ago }
approver-override = This is an override: the checks say { $says }.
approver-reason = Reason:
approver-cooling = Cool-down until { $until } UTC ({ $left }); nothing is issued before, and the owner may object.
approver-cooled = The cool-down is over: your yes lets it be issued at once.
approver-yours = a gives the second yes, b sends it back with a reason, Enter opens the case
approver-since = Since the decision
approver-unchanged = Nothing has changed.
approver-check = { $check } was { $was }, is { $is }
approver-more = { $n ->
    [one] and { $n } more
   *[other] and { $n } more
}
approver-touched = Who touched it
approver-bound = ■ may not approve it: decided it, or added evidence
approver-says-now = The checks say now
approver-own = You decided it; decide it anew instead.
approver-back-title = Send { $name } back
approver-back-go = Send back
approver-back-says = The decision falls and the ticket is open again; { $who } finds the reason among its notes.


## Authorizations: the list of what is out (authorizations-)

authorizations-out = out
authorizations-redeemed = redeemed
authorizations-revoked = revoked
authorizations-expired = expired
authorizations-all = all
authorizations-stands = stands
authorizations-ticket = ticket
authorizations-on = on
authorizations-any = any
authorizations-by = issued
authorizations-until = time
authorizations-none = Nothing here.
authorizations-reading = Reading …
authorizations-newest = the newest { $n }
authorizations-why-none = No authorization is selected.
authorizations-why-spent = It is no longer out.
authorizations-why-role = Only agents and approvers redeem.
authorizations-why-pixels = It is drawn in pixels here, dark on light.
authorizations-qr-alone = v shows the QR code on the whole window; r saves it as a picture.
authorizations-qr-keys = Esc goes back · i swaps light and dark
authorizations-qr-too-large = The QR code needs { $w } columns and { $h } lines; this window has { $width } and { $height }. Make the window larger or its letters smaller, or go back (Esc) and save it as a picture (r).
authorizations-copy-unknown = If it did not, s saves it.
authorizations-copy-usual = This terminal usually does.
authorizations-copy-tmux = tmux passes it on only with `set-clipboard on`; if it did not, s saves it.
authorizations-copy-screen = GNU screen usually does not pass it on; s saves it.
authorizations-copy-never = This terminal usually does not; s saves it.
authorizations-page-title = Latchkey authorization
authorizations-page-rehearsal = REHEARSAL: this opens nothing real.
authorizations-page-check = `latchkey verify` checks the token below without a connection.

## Import (import-)

import-cases = cases
import-hint-pick = Tab completes, Enter opens; a dry run comes first and changes nothing
import-hint-working = Esc stops; nothing of it stays
import-hint-settling = all rows are in; this cannot be stopped any more
import-hint-problem = Tab takes the file for another list; / chooses another file
import-hint-good-rows = Enter lets good rows in, the others are written beside; Tab: other list
import-hint-looked = nothing was changed yet; Enter lets it in; Tab takes it for another list
import-hint-landed = Enter opens a ticket, or the queue of a recommendation; o: all new ones
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

report-work = Work
report-decisions = Decisions
report-insider = Insider
report-days = { $n ->
    [one] last { $n } day
   *[other] last { $n } days
}
report-counting = counting
report-reading = Counting the log; Esc stops …
report-hint-work = Tab goes to the decisions; + and - change the time; one mark is one day
report-hint-decisions = = the recommendation was followed, ≠ it was not; an override takes two people
report-hint-insider = ! is worth a look, no proof of anything; Enter opens the ticket
report-arrived = arrived
report-closed = closed
report-a-day = { $n } a day, at most { $most }
report-age = Age of what is open
report-time = Time to a decision
report-open = { $n } open, the oldest { $age }
report-pace = half under { $median }, 9 of 10 under { $p90 }
report-none-decided = Nothing was decided in this time.
report-decided = { $n ->
    [one] { $n } decision: { $followed } as recommended, { $overrides } by override.
   *[other] { $n } decisions: { $followed } as recommended, { $overrides } by override.
}
report-recommended = recommended
report-was-decided = decided
report-times = times
report-overrides = { $n ->
    [one] { $n } override
   *[other] { $n } overrides
}
report-nobody = Nobody decided, granted or looked anything up in this time.
report-granted = { $n ->
    [one] { $n } authorization
   *[other] { $n } authorizations
}
report-agent-decided = decided { $n }, overrides { $overrides }
report-no-code = no code
report-no-look = no look
report-neither = neither
report-busiest = most at { $hour }h: { $n }
report-one-grant = one authorization, so no gap
report-gaps = gaps: { $one } up to 1 s, { $ten } up to 10 s, { $minute } up to 1 min
report-least = least { $time }
report-lookups = looked up { $n }, in full { $full }, with no ticket { $none }
report-close = Authorizations less than a minute apart
report-no-close = none
report-apart = { $agent }: #{ $first } and #{ $second }, { $time } apart
report-pairs = One agent, one claimant, more than once
report-no-pairs = none
report-why-open = No line of a ticket is here.
report-no-more = That is the shortest or the longest time.

## Log (log-)

log-reading = Reading the log …
log-none = No leaf has these words.
log-of = { $n ->
    [one] of { $n } leaf
   *[other] of { $n } leaves
}
log-part = not all were read; / and Enter searches the whole log
log-hint-typing = Enter searches the whole log, Esc clears
log-clear = x takes it off
log-not-verified = not verified since this screen was opened; v verifies
log-verifying = Verifying: { $n } of { $of } leaves; Esc stops
log-searching = Searching the log; Esc stops
log-holds = { $n ->
    [one] the log holds: { $n } leaf at { $at }, root { $root }…
   *[other] the log holds: { $n } leaves at { $at }, root { $root }…
}
log-broken = THE LOG DOES NOT HOLD
log-why-open = This leaf is about no ticket.
log-why-verify = It is being verified; Esc stops.
log-why-clear = Nothing is filtered.
log-cases-imported = cases imported: { $imported }, rejected { $rejected }
log-list-imported = list { $list } imported: { $added } new, { $updated } updated
log-lookup = looked up { $kinds }; tickets: { $tickets }
log-lookup-revealed = looked up in full { $kinds }; tickets: { $tickets }
log-refused = REFUSED: { $what }
log-desk-made = the desk was made

## Agents and policy (people-, policy-)

people-hint = roles and keys are changed with `latchkey agents`, by a custodian and the root's key
people-reading = Reading the keyset …
people-disabled = disabled
people-not-yet = begins in { $time }
people-ended = ended
people-soon = ends in { $time }
people-for = good for { $time }
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
policy-leads-investigate = investigate: fraud is likely, nobody may hand anything over
policy-leads-refuse = refuse: the facts speak against it
policy-leads-refer = refer to a service centre
policy-leads-hold = hold until it is settled
policy-leads-guide = guide: the claimant can do it without us
policy-leads-caution = caution: two people decide
policy-leads-correct = name it as to be corrected when asking
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
people-endless = has no end

## Settings: language, theme, mouse, lock (set-)

set-language-is = The screens speak English.
set-theme-is = Colours: { $theme }.
set-theme-terminal = the terminal's own
set-theme-light = light
set-theme-dark = dark
set-theme-contrast = high contrast
set-theme-plain = none
set-no-color = NO_COLOR is set: there are no colours.
set-mouse-on = Clicks and the wheel work; Shift selects text.
set-mouse-off = The mouse is left to the terminal.
set-keys-unknown-action = `{ $action }` is no action. Did you mean `{ $other }`?
set-keys-unknown-key = `{ $action }`: `{ $key }` is no key; write d, ctrl+d, alt+d, f7, pgdn.
set-keys-typed = `{ $action }`: `{ $key }` would be typed into the form; take one with ctrl+ or alt+.
set-keys-conflict = `{ $action }`: `{ $key }` is the key of `{ $other }` already.
set-lock-title = Locked
set-lock-free = { $agent } works here. Enter opens the screen again.
set-lock-locked = { $agent } works here. The passphrase of the key opens the screen again; Ctrl+Q leaves the program.
set-lock-trying = Trying the passphrase …
set-lock-wrong = This passphrase does not open the key.

## Findings: the sentences of the checks (finding-)

finding-accounts-differ = The logins given belong to different accounts.
finding-account-active = The account exists and is active.
finding-account-state = The account is { $state }.
finding-login-unknown = No account has the login that was given.
finding-account-unlisted = The device is bound to an account that no list holds.
finding-no-account-at-all = No account was claimed and none is bound.
finding-no-account-claimed = No account was claimed.
finding-unbound = The device is not bound.
finding-account-same = The claimed account is the one the device is bound to.
finding-account-other = The device is bound to another account than the claimed one.
finding-no-account = There is no account.
finding-no-sign-in = No sign-in of the account is on record.
finding-idle = Nobody has signed in for { $days } days or more.
finding-signed-in = Somebody signed in on { $day }: the owner is there and can be asked.
finding-self-sign-out = The claimant is still signed in on the device and can sign out there.
finding-self-contact = The claimant still reaches the bound phone or e-mail and can reset alone.
finding-self-writes = The claimant writes from a verified contact of the account and can reset alone.
finding-self-none = The claimant cannot help themselves.
finding-facts-not-asked = The claimant was not asked about the account.
finding-facts-no-account = There is no account to compare the answers with.
finding-facts-wrong = What was said about the account is wrong: { $keys }.
finding-facts-right = { $n ->
    [one] { $n } answer about the account is right and none is wrong.
   *[other] { $n } answers about the account are right and none is wrong.
}
finding-facts-few = { $n ->
    [one] { $n } answer is right; { $needed } are needed.
   *[other] { $n } answers are right; { $needed } are needed.
}
finding-no-device = There is no known device.
finding-about-account = This request is about the account, not a device.
finding-bound-since = The device is bound to an account since { $day }.
finding-bound-nowhere = The device is bound to no account: there is nothing to release.
finding-bound-long = It has been bound for { $days } days or more.
finding-bound-lately = It was bound only on { $day }, less than { $days } days ago.
finding-contact-code-none = No code sent to a contact of the account was read back.
finding-contact-code-burnt = Three wrong codes were read back for the account's contact.
finding-contact-code-read = A code sent to the account's contact { $to } was read back.
finding-contact-code-doubted = The code to { $to } was read back, but { $why }.
finding-contact-gone = it is no longer a verified contact of the account
finding-contact-new = the contact was set only on { $day }
finding-contact-sim-changed = the number's SIM was changed on { $day }
finding-contact-in-device = that number was seen in this very device, so whoever holds it could read the code
finding-serial-alone = The device is claimed by its serial number alone.
finding-no-identifier = Neither an IMEI nor a serial number was given; *#06# shows the IMEI.
finding-imei-good = The IMEI has the right form.
finding-imei-damaged = The IMEI { $given } cannot be right: { $why }.
finding-imei-damaged-near = The IMEI { $given } cannot be right: { $why }. One slip away in the registry: { $near }. Ask, do not guess.
finding-device-known = The registry knows this device as { $name }.
finding-device-unnamed = No readable identifier of a device was given.
finding-device-unknown = The registry does not know this device.
finding-no-model = No model was claimed.
finding-model-no-device = There is no known device to compare the model with.
finding-model-unlisted = The registry carries no model for this device.
finding-model-right = The model is right: { $model }.
finding-model-other = { $claimed } was claimed, but the registry says { $model }.
finding-one-identifier = Fewer than two identifiers were given, so none can differ.
finding-identifiers-unknown = None of the identifiers is in the registry.
finding-identifiers-agree = Every identifier leads to the same device.
finding-identifier-lost = { $source } { $name } is in no list, while another identifier leads to a device
finding-identifiers-differ = The identifiers lead to different devices.
finding-identifiers-apart = { $source } { $name } and { $source2 } { $name2 } belong to different devices
finding-source-imei = the claimed IMEI
finding-source-serial = the claimed serial
finding-source-receipt = the identifier on the receipt
finding-source-box = the identifier on the box
finding-notice-nothing = No device is known and no notice names the claimed identifiers.
finding-notice-confirmed = { $on } is on a list as { $kind }, confirmed: reported { $day }{ $by }.
finding-notice-pending = { $on } is on a list as { $kind }, not yet confirmed: reported { $day }{ $by }.
finding-notice-cooling = { $on } is on a list as { $kind }, cleared a short while ago: reported { $day }{ $by }.
finding-notice-by = {" "}by { $source }
finding-notice-none = No lost, stolen, blocked, fraud or finance notice is open.
finding-lost-mode-unbound = The device is not bound, so nobody can have set lost mode.
finding-lost-mode-set = The owner has set lost mode on { $day }.
finding-lost-mode-none = The owner has not set lost mode.
finding-no-sightings = No network has reported a SIM in this device.
finding-sims-many = { $n } different SIMs were seen under this IMEI in { $days } days: it may be copied; a person must look at the device.
finding-sims-few = { $n ->
    [one] One SIM was seen in the device in the last { $days } days.
   *[other] { $n } SIMs were seen in the device in the last { $days } days.
}
finding-no-box = No box was shown.
finding-box-no-picture = The file of the box cannot be read as a picture; a PNG or JPEG is needed.
finding-box-typed = There is no picture of the box; typed digits alone are the claimant's word.
finding-box-unread = Neither IMEI nor serial was typed or read from the picture of the box.
finding-box-other = The box says { $name }: that is another device.
finding-box-this = The box says { $name }: that is this device.
finding-box-unlisted = The box says { $name }: that is in no list.
finding-box-none = There is no picture of the box.
finding-box-used = This picture was used for another device or by somebody else: { $tickets }{ $alike }.
finding-box-alike = {" "}(look-alike, { $bits } of 64 bits differ)
finding-box-fresh = No other claim has used this picture.
finding-rate-no-contact = The claimant gave no contact by which other claims could be found.
finding-rate-over = This claimant asks for { $n } different devices within { $days } days, more than { $most }: see { $tickets }.
finding-rate = { $n ->
    [one] This claimant asks for one device within { $days } days.
   *[other] This claimant asks for { $n } devices within { $days } days.
}
finding-neither-known = Neither device nor account is known.
finding-rival-none = Nobody else is asking for it.
finding-rival = Somebody else is asking for it too: { $tickets }.
finding-twin-none = The claimant has no other open ticket on it.
finding-twin = The same claimant also asks in { $tickets }: merge them.
finding-tries-over = Too many wrong answers on this device or account; no more tries before { $until }.
finding-tries = Not too many wrong answers were given on this device or account.
finding-no-receipt = No receipt was given.
finding-receipt-no-number = the number is not given
finding-receipt-number-damaged = the number cannot be read: { $why }
finding-receipt-no-retailer = the retailer is not given
finding-receipt-retailer-damaged = the retailer cannot be read: { $why }
finding-receipt-no-date = the date is not given
finding-receipt-date-damaged = the date { $given } cannot be read: { $why }
finding-receipt-date-future = the date { $day } lies in the future
finding-receipt-both = { $all }; { $next }
finding-receipt-good = Number, retailer and date of the receipt can be read.
finding-receipt-incomplete = The receipt is not complete: { $wrong }.
finding-receipt-unasked = Without number and retailer the receipt cannot be looked up.
finding-receipt-known = The retailer's feed has this receipt.
finding-receipt-unknown = The retailer sends us its sales, and this number is not among them.
finding-receipt-no-feed = This retailer does not send us its sales.
finding-receipt-no-device = No device is known that the receipt could name.
finding-receipt-no-sale = There is no sales row to compare with.
finding-receipt-this = The sale under this receipt names this device.
finding-receipt-other = The sale under this receipt names another device.
finding-receipt-nameless = The sale under this receipt names no device.
finding-receipt-date-unread = The receipt's date cannot be read.
finding-receipt-before-made = The receipt is of { $given }, but the device was made only on { $day }.
finding-receipt-before-type = The receipt is of { $given }, but the device had its type allocated only on { $day }.
finding-receipt-date-no-sale = There is no sales row to compare the date with.
finding-receipt-date-other = The receipt is given as of { $given }; that is not the day of the sale.
finding-receipt-in-use = The receipt is of { $given }, but the device was in use since { $bound }.
finding-receipt-date-good = The date is the sale's and fits the device's life.
finding-receipt-fresh = No other claim has used this receipt.
finding-receipt-used = This receipt was used before, for another device or by somebody else: { $tickets }.
finding-no-sim = No SIM was given.
finding-sim-number-damaged = The phone number cannot be right: { $why }.
finding-sim-card-damaged = The ICCID cannot be right: { $why }.
finding-sim-good = Number and card number of the SIM have the right form.
finding-sim-none-lately = No network has reported a SIM in this device in the { $days } days before the claim.
finding-sim-seen = The SIM was seen in the device from { $first } to { $last }.
finding-sim-short = The SIM was in the device only from { $first } to { $last }, less than { $days } days.
finding-sim-replaced = The SIM was last seen in the device on { $last }; other SIMs were since.
finding-sim-never = Other SIMs were seen in this device, this one never.
finding-sim-ageless = No number was ever seen with this SIM, so its age is not known.
finding-sim-changed = The SIM of { $number } was changed on { $changed }, less than { $hours } hours ago.
finding-sim-unmonitored = No change of { $number } and no sighting that old is on record: nothing within the monitored period.
finding-sim-other-card = { $number } was seen with another SIM card on { $day }, later than with this one.
finding-sim-old = The SIM of { $number } has not been changed for { $hours } hours or more.
finding-sim-unasked = The SIM cannot be looked up.
finding-sim-held = A code sent to { $number } was read back.
finding-sim-held-on = A code sent to { $number } was read back on { $day }.
finding-sim-burnt = Three wrong codes were read back for this number.
finding-sim-no-code = No code sent to this number was read back.
finding-ticket = ticket { $n }
finding-tickets-list = { $all }, { $next }
finding-tickets-end = { $all } and { $last }
finding-tickets-more = { $n } more

## Damaged values: why something cannot be read (damage-)

damage-imei-empty = no IMEI; dial *#06# on the phone to see it
damage-imei-length = an IMEI has 15 digits (14 without the check digit, 16 with the software version); this has { $digits }
damage-check-digit = the check digit does not fit: the last digit should be { $expected }; one digit is wrong, or two are swapped
damage-imei-letters = an IMEI has digits only; this has the letter '{ $letter }'
damage-imei-star = '*' and '#' are no part of an IMEI; *#06# is the code that shows it
damage-imei-spreadsheet = a spreadsheet turned this IMEI into a number and its digits are lost; format the column as text and copy it again
damage-imei-zero = all digits are zero: a placeholder, not a device
damage-imei-repeated = one digit repeated ({ $digit }): a placeholder, not a device
damage-imei-counting = counting digits: a placeholder, not a device
damage-imei-test = a type code that starts with 00 is the test range, not a sold device
damage-foreign-digits = digits must be 0 to 9; { $character } is a digit of another script
damage-imei-apostrophe = a leading apostrophe is a spreadsheet's mark, not part of the IMEI; remove it
damage-imei-two = two IMEIs in one field; a phone with two SIM slots has one for each: use imei and imei2
damage-imei-meid = this is a MEID (CDMA), not an IMEI; such a phone is found by its serial number
damage-imei-character = an IMEI has digits only; this has { $character }
damage-serial-empty = no serial number
damage-serial-long = too long for a serial number: { $characters } characters, at most 64
damage-serial-placeholder = a placeholder, not a serial number
damage-serial-letter = '{ $character }' ({ $code }) is not a Latin letter; type the serial number as printed on the device
damage-serial-character = a serial number cannot hold { $character }
damage-iccid-empty = no SIM card number
damage-iccid-length = a SIM card number has 19 or 20 digits; this has { $digits }
damage-iccid-no-check-digit = a SIM card number has 19 or 20 digits; this has 18: the check digit at its end is missing
damage-iccid-printed = only the 13 digits printed on some cards; the whole number starts with 89 and has 19 or 20
damage-iccid-prefix = a SIM card number starts with 89
damage-iccid-letters = a SIM card number has digits only; this has the letter '{ $letter }'
damage-iccid-character = a SIM card number has digits only; this has { $character }
damage-number-spreadsheet = a spreadsheet turned this number into a rounded one and its digits are lost; format the column as text
damage-phone-empty = no telephone number
damage-phone-letters = a telephone number has digits only; this has the letter '{ $letter }'
damage-phone-plus = '+' stands only at the start of a telephone number; are these two numbers?
damage-phone-extension = a number with an extension cannot receive a code; give the number alone
damage-phone-short = too short for a telephone number: { $digits } digits
damage-phone-long = too long for a telephone number: { $digits } digits, at most 15 with the country code
damage-phone-zero = no country code starts with 0; write + and the country code, for example +7
damage-phone-region = not a number of { $region }; write + and the country code, for example +7
damage-phone-character = a telephone number has digits only; this has { $character }
damage-email-empty = no mail address
damage-email-no-at = a mail address has an @; this has none
damage-email-ats = a mail address has one @; are these two addresses?
damage-email-no-local = nothing stands before the @
damage-email-domain = the part after the @ is no domain name; it has a dot and letters, such as example.com
damage-email-long = too long for a mail address: at most 254 bytes, 64 of them before the @
damage-email-space = a mail address has no spaces
damage-email-hidden = a mail address with the invisible character { $character }
damage-email-look-alike = letters of two scripts in one word: { $character } looks like a Latin letter
damage-email-character = a mail address cannot hold the character { $character }
damage-account-empty = no account id
damage-account-long = too long for an account id: { $characters } characters, at most 64
damage-account-hidden = an account id with the invisible character { $character }
damage-receipt-empty = nothing to be read here; copy it from the receipt
damage-receipt-long = too long: { $characters } characters, at most 128
damage-receipt-hidden = the invisible character { $character } stands in it; type it as printed
damage-date-empty = no date; write YYYY-MM-DD, for example 2026-11-20
damage-date-order = day and month cannot be told apart here; write YYYY-MM-DD, for example 2026-11-20
damage-date-foreign-digits = digits must be 0 to 9, not those of another script; write YYYY-MM-DD
damage-date-form = not a date; write YYYY-MM-DD or YYYYMMDD, for example 2026-11-20
damage-date-no-such-day = there is no such day: month { $month }, day { $day } of { $year }
damage-date-year = the year { $year } is outside 1900 to 2199
damage-time-form = not a time; write it as 2026-11-20T09:00:00Z or 2026-11-20T12:00:00+03:00
damage-time-no-such = there is no such time of day; hours go to 23, minutes and seconds to 59
damage-time-no-offset = the time has no offset; add Z for UTC, or an offset such as +03:00
damage-tac-empty = no type code
damage-tac-lost-zero = a type code (TAC) has 8 digits; this has 7: a spreadsheet drops a leading zero
damage-tac-length = a type code (TAC) has 8 digits; this has { $digits }
damage-tac-character = a type code (TAC) has the digits 0 to 9 only
damage-imsi-empty = no IMSI
damage-imsi-length = an IMSI has 6 to 15 digits; this has { $digits }
damage-imsi-zero = all digits are zero: a placeholder, not a subscriber
damage-imsi-character = an IMSI has digits only; this has { $character }
damage-word = `{ $given }` is none of { $allowed }

## Guidance: what the agent reads to the customer (guide-)

guide-sign-out = Sign out of the account on the device: Settings, Account, Sign out. That releases it.
guide-reset-password = Reset the password with the code sent to your own bound phone or e-mail, then sign out on the device.
guide-not-bound = The device is bound to no account: start it, connect it and set it up as new.
guide-blocked = The device is blocked already. Keep the report's number for the police.
guide-activation = Ask for a new activation mail from the sign-in page; its link works for 24 hours. An account that was never activated has nothing to recover: you may also register again.
guide-login-shown = Sign in with the login shown and reset the password with the code sent to it.
guide-unbind-first = Unbind every device first: phones, tablets, bands and TVs. A device left bound stops working and can never be bound again.
guide-delete = Then delete the account yourself under Settings, Account, Delete. Nobody can bring it back.

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

## Rules: when a check passes, .about when it fails; JUDGEMENT.md §4 (rule-)

rule-imei-form = the number has 14, 15 or 16 digits and its check digit fits
    .about = its length or check digit is wrong, or it is a placeholder or a test number
rule-device-known = the device is in the registry
    .about = it is not
rule-device-model = the claimed model is the device's or its type's
    .about = it is another
rule-device-one = all undamaged identifiers lead to one device
    .about = they lead to two devices
rule-device-notice = no lost, stolen, blocked, fraud or finance notice is open on it
    .about = a confirmed one is
rule-device-lost-mode = the binding has no lost mode
    .about = the owner's lost mode is on
rule-device-clone = fewer different SIMs were seen in it than the threshold
    .about = that many or more were seen
rule-binding-current = the device is bound to an account now
    .about = it is not
rule-binding-age = it has been bound for at least the threshold
    .about = the binding is younger
rule-account-known = the account exists and is active
    .about = it does not exist, is not active, or two logins lead to different accounts
rule-account-match = the claimed account is the one the device is bound to
    .about = it is another
rule-account-idle = nobody signed in within the threshold
    .about = somebody did: the owner is there
rule-self-service = the claimant cannot help themselves, and is no verified contact of the account
    .about = they still reach it, or are a verified contact
rule-contact-code = a code sent to a verified, settled contact of the account was read back
    .about = three wrong codes were read back
rule-account-facts = enough answers about the account are right and none is wrong
    .about = any answer is wrong
rule-receipt-form = number, retailer and a date that is not in the future can be read
    .about = one is absent or cannot be read
rule-receipt-known = the retailer's feed has that number
    .about = the retailer has a feed and the number is not in it
rule-receipt-device = a sale row of the receipt names this device
    .about = every row that names one names another device
rule-receipt-date = the date is the sale's, give or take a day, and not before the device was made
    .about = before it was made (impossible); another day, or after the binding (soft)
rule-receipt-unique = no other ticket used this receipt for another device or by another claimant
    .about = one did
rule-sim-form = ICCID and phone number are valid
    .about = either is not
rule-sim-seen = the SIM was seen in this device long enough and recently enough
    .about = other SIMs were seen in it, and this one not or not long enough
rule-sim-age = the number's card was not changed within the threshold
    .about = it was changed later, or was seen with another card since
rule-sim-held = a code sent to that number was read back
    .about = three wrong codes were read back
rule-box-match = there is a picture of the box, and its number is this device's
    .about = it is another's, or the barcode says another than was typed
rule-box-unique = no other ticket used the same picture for another device or by another claimant
    .about = one did
rule-claimant-rate = the claimant's tickets of 30 days name no more devices than the threshold
    .about = they name more
rule-ticket-rival = no other open ticket on it is by another claimant
    .about = there is one
rule-ticket-twin = no other open ticket on it is by the same claimant
    .about = there is one: offer to merge; it has no effect
rule-claim-tries = fewer wrong answers than the thresholds were given on this device or account
    .about = that many were given

## Ticket: what is opened over it, the filter of its timeline (look-)

look-kinds-all = all
look-kinds-evidence = evidence
look-kinds-codes = codes
look-kinds-notes = notes
look-kinds-decisions = decisions
look-kinds-owner = owner
look-kinds-hands = who held or saw it
look-shown-of = { $shown } of { $all }
look-finding-keys = [ ] the next finding, Esc closes
look-reading = Reading …
look-effect = { $effect } for { $request }
look-no-effect = The policy makes nothing of it by itself.
look-until = It ends { $until }.
look-others = Other tickets: { $names }; o opens the first.
look-evidence = Evidence it read
look-no-evidence = It read no item of evidence.
look-registry = Registry rows it was compared with
look-no-row-compared = It compared no registry row.
look-rule = Rule
look-passes = passes when
look-fails = fails when
look-proof = proof
look-part-of = part of { $proof }: all its checks must pass
look-shipped-policy = policy.toml (as shipped)
look-no-line = No line of the policy speaks of this outcome.
look-file = file
look-event = What happened — Esc closes
look-when = when
look-who = who
look-act = act
look-leaf = log entry
look-no-leaf = none of its own
look-text = Text
look-acts = What can be done here, and why the rest cannot — Enter does it
look-why-no-finding = No finding is opened.
look-why-no-other = It speaks of no other ticket.
look-why-nothing = Nothing is selected; Tab goes to findings, evidence and timeline.
look-brand = brand
look-model = model
look-allocated = allocated
look-imei = IMEI
look-serial = serial
look-made = made
look-other-device = leads to another device:
look-no-row = in no list:
look-near = near miss
look-account = account
look-bound = bound
look-released = released
look-lost-mode = lost mode since
look-name = name
look-region = region
look-state = state
look-registered = registered
look-signed-in = signed in
look-contact = contact
look-verified = verified
look-replaced = replaced
look-sim-changed = SIM changed
look-sold = sold
look-names = names
look-number = number
look-iccid = ICCID
look-seen = seen
look-on = on
look-kind = kind
look-reported = reported
look-cleared = cleared
look-lapses = lapses
look-source = source
look-reference = reference

## Pictures of the evidence (picture-)

picture-title = File { $at } of { $all } — [ ] go through them, Esc closes
picture-reading = Reading the file …
picture-size = { $size } KiB
picture-no-picture = This is no PNG and no JPEG: it cannot be shown here.
picture-too-large = It has more pixels than are decoded here (64 million).
picture-damaged = It cannot be decoded: { $why }.
picture-too-long = Decoding took longer than five seconds and was given up.
picture-no-room = There is no room for it, or pictures are switched off.
picture-no-colours = Without colours a picture cannot be drawn here.
picture-why-no-file = This item has no file.
picture-why-none = No evidence of this ticket has a file.
picture-why-closed = No file is open.

## Forms: what the registry says while they are filled (assist-)

assist-ours = this ticket's device
assist-other-device = another device than this ticket's
assist-known = in the registry
assist-no-device = in no list
assist-no-near = nothing like it is in the registry either
assist-near = in the registry, one slip away: { $numbers }
assist-seen-here = seen in this device { $from } to { $to }
assist-seen-elsewhere = seen in other devices, never in this one
assist-never-seen = never seen anywhere
assist-changed = its card was changed { $day }
assist-feed = this retailer sends its sales
assist-no-feed = this retailer sends no sales: nothing can be compared
assist-no-feed-near = sends no sales; did you mean { $names }?
assist-receipt = in the feed, sold { $days }
assist-receipt-ours = in the feed, sold { $days }, names this device
assist-receipt-other = in the feed, sold { $days }, names another device
assist-not-in-feed = the retailer's feed has no such number
assist-day-fits = the day of the sale
assist-day-differs = the sale was on { $day }

## Undo: what was taken back, and why something cannot be (undo-)

undo-title = Undo
undo-go = Undo
undo-then = It is taken back by an act of its own; the log keeps both.
undo-each = Each ticket on which something was done since refuses for itself.
undo-nothing = Nothing of this session is left to undo.
undo-many = { $act }: { $n ->
        [one] { $n } ticket
       *[other] { $n } tickets
    }.
undo-final = { $said } { $why }
undo-final-code = A code that is out cannot be called back.
undo-final-answer = A code that was read back counts.
undo-final-approve = A second yes is signed: another approver sends it back.
undo-final-sent-back = What was sent back is decided anew.
undo-final-notice = A notice takes two agents each way.
undo-final-clear = A clearing is signed and stands.
undo-final-object = The owner's objection stands.
undo-final-issue = What is out is revoked, not undone.
undo-final-redeem = It was used; that is final.
undo-final-revoke = What is revoked stays revoked: decide anew.
undo-take = { $name } is back in the queue.
undo-steal = { $name } is back in the queue; who held it before must take it again.
undo-release = { $name } is yours again.
undo-wait = { $name } does not wait any more: { $state }.
undo-close = { $name } is not closed any more: { $state }.
undo-reopen = { $name } is closed again.
undo-decide = { $name }: the decision “{ $word }” is taken back.
undo-decide-told = { $name }: the decision “{ $word }” is taken back; the owner has been told of it.
undo-note = { $name }: the note is taken back.
undo-evidence-added = { $name }: item { $item } is taken back.
undo-evidence-removed = { $name }: item { $item } stands again.
undo-merge = { $name } and #{ $from } are two tickets again.
undo-search = The list is filtered and sorted as before.
undo-marks = The marks are as before.
undo-columns = The columns are as before.
undo-saved = The saved search is back.
undo-what-take = taking
undo-what-release = giving back
undo-what-wait = waiting
undo-what-close = closing
undo-what-reopen = opening again
undo-what-merge = merging
undo-what-decide = the decision
undo-what-note = the note
undo-what-evidence = adding evidence
undo-what-removing = removing evidence
