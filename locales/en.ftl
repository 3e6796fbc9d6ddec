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


## Registry (registry-)


## Report (report-)


## Log (log-)


## Agents and policy (people-, policy-)


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
