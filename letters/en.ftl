# What Latchkey writes to customers and owners, in English (Fluent syntax, projectfluent.org).
#
# A desk may say it in its own words: a file `letters/en.ftl` in its folder, with only those texts that it changes.
# A file for a language that is not shipped (`letters/de.ftl`) holds all of them. `latchkey letters check FILE` says
# what is wrong with one, `latchkey letters show en` prints what holds.
# A text may use the arguments that it uses here, and no others. It is never told what a registry knows of anybody.

-desk = The recovery desk

## One-time codes

# To the telephone number that the claimant says was in the device.
code-sim-subject = Your code
code-sim-text = { $code } is your code. Tell it only to the person at the recovery desk who is speaking with you. It works for { $minutes } minutes. If you asked for nothing, do nothing.

# To a contact of the account: the owner is asked for a yes to exactly this. $request: unbind, device-reset,
# password-reset, login-recovery, account-deletion, activation, lost-report.
code-owner-subject = Somebody asks for your consent
code-owner-text =
    Somebody asks us { $request ->
        [unbind] to release { $device } from the account that this contact belongs to
        [device-reset] to let { $device } be used without the account that this contact belongs to
        [password-reset] to set a new password for the account that this contact belongs to
       *[other] for help with the account that this contact belongs to
    }.

    If you agree, tell the person who asks you this code: { $code }. It works for { $minutes ->
        [one] { $minutes } minute
        [1440] 24 hours
       *[other] { $minutes } minutes
    }.

    If you do not agree, or know nothing of this, do nothing, and tell nobody the code.

    { -desk }
# The same to a telephone. Keep it short.
code-owner-text-phone = { $request ->
        [unbind] Somebody asks us to release { $device } from your account.
        [device-reset] Somebody asks us to let { $device } be used without your account.
        [password-reset] Somebody asks us for a new password for your account.
       *[other] Somebody asks us for help with your account.
    } If you agree, the code is { $code } ({ $minutes } minutes). If not, do nothing and tell nobody.

## Owner notices

# $hours: until the grant; 0 where it is out already. $code: whoever tells it to us objects.
owner-subject = Please read: { $request ->
        [unbind] a device is to be released from your account
        [device-reset] a device is to be used without your account
        [password-reset] a new password is to be set for your account
       *[other] something is to be changed on your account
    }
owner-text =
    { $request ->
        [unbind] Somebody has shown us proofs and asks us to release { $device } from the account that this contact belongs to, or belonged to until lately.
        [device-reset] Somebody has shown us proofs and asks us to let { $device } be used without the account that this contact belongs to, or belonged to until lately.
        [password-reset] Somebody has shown us proofs and asks us to set a new password for the account that this contact belongs to, or belonged to until lately.
       *[other] Somebody has shown us proofs and asks us for a change on the account that this contact belongs to, or belonged to until lately.
    }

    If that is you, you need do nothing.

    If it is not you, object: answer this message and leave this code in it, or tell it to us by telephone:

        { $code }

    { $hours ->
        [0] The authorization is already out, and may be used at any moment. Object at once: until it is used, your objection stops it.
        [one] Nothing happens for { $hours } hour from now. Until then, and until the authorization is used, your objection stops it.
       *[other] Nothing happens for { $hours } hours from now. Until then, and until the authorization is used, your objection stops it.
    }

    We never ask for your password. Request { $ticket }.

    { -desk }
# The same to a telephone. Keep it short.
owner-text-phone = { $request ->
        [unbind] Somebody asks us to release { $device } from your account.
        [device-reset] Somebody asks us to let { $device } be used without your account.
        [password-reset] Somebody asks us for a new password for your account.
       *[other] Somebody asks us for a change on your account.
    } Not you? Object with the code { $code }{ $hours ->
        [0] {""} at once.
       *[other] {""} within { $hours } hours.
    } Request { $ticket }.

## Replies to the customer

# How every reply begins and ends.
reply-subject = Your request { $ticket }
reply-hello = Hello,
reply-bye =
    Please answer this message and leave the number { $ticket } in its subject. We never ask for your password.

    { -desk }

# What is still missing. $n: how many ways there are.
reply-ask = { $n ->
        [one] To decide on your request we still need:
       *[other] To decide on your request we still need one of the following. The first is the easiest.
    }
reply-way = Way { $n }:
reply-proof-consent = your yes by a code that we send to the telephone number or e-mail address of the account
reply-proof-sim = the SIM card that was in the device, and a code that we send to its number
reply-proof-facts = a few answers about the account
reply-proof-box = a picture of the device's box
reply-proof-purchase = the receipt

# How each of them is brought.
reply-how-consent = The code: tell us whether you can still read messages at the telephone number or the e-mail address of the account. We send a code there; you read it back to us.
reply-how-sim = The SIM: the telephone number that was used in the device for the last months, and the number printed on the card (19 or 20 digits, beginning with 89; also in the phone under Settings, About phone, SIM status). Keep that phone at hand: we send a code to the number, and it works for ten minutes.
reply-how-facts = About the account: the name on it, the country or region, the year in which it was made, an e-mail address or telephone number it had before, the model of another device on it. Three that are right are enough. Say only what you know: wrong answers are counted.
reply-how-box = The box: a picture of the label with the barcodes, so sharp that the IMEI or the serial number can be read. The whole label, in daylight, not cut.
reply-how-purchase = The receipt: a picture or file of all of it, with the shop's name, its number, the date and, if it is printed there, the IMEI. If it is lost, the shop or your mail may have a copy.

# What is to be corrected.
reply-fix = Please check first:
reply-fix-imei = The IMEI as it was given cannot be right. Dial *#06# on the phone and copy all 15 digits; it also stands on the label of the box, often on the receipt, and under Settings, About phone. A phone for two SIM cards has two: send both.
reply-fix-device = We cannot work with the number of the device as it was given. Dial *#06# on a phone and copy the IMEI digit by digit; a tablet, band or TV has a serial number on its back, on its box or under Settings, About.
reply-fix-one = The numbers in your request (of the device, on the receipt, on the box) must all be of one device. Please compare them.
reply-fix-receipt = Of the receipt we need three things as they are printed: its number (not the amount, not the tax number), the name of the shop, and the date. A picture of it is best.
reply-fix-sim = The telephone number or the number of the SIM card cannot be right. The card's number has 19 or 20 digits and begins with 89; the telephone number is best given with its country code.
reply-fix-account = Please check how the account is named: the e-mail address or telephone number with which it was made, or its number (Settings, Account).

# What customers can do themselves.
reply-guide = You can do this yourself, and faster than we could:
reply-guide-sign-out = On the device, where you are still signed in: Settings, Account, Sign out. That releases it. Do so before you sell it, send it in or reset it.
reply-guide-reset = Choose "Forgot password" on the sign-in page and have the code sent to the telephone number or e-mail address of the account that you still reach. Then sign in on the device and sign out there: that releases it.
reply-guide-free = Start the device, connect it to the net and set it up as new. Nothing needs to be released for that.
reply-guide-blocked = The device is blocked already. You need do nothing more here; keep the report's number for the police.
reply-guide-activation = Ask for a new activation message on the sign-in page. Its link works for 24 hours; look among the unwanted mail too. An account that was never activated holds nothing: you may also make it anew.
reply-guide-login = Your login is { $login }. Choose "Forgot password" on the sign-in page and have the code sent there.
reply-guide-login-ask = Your login can be named as soon as this is proven.
reply-guide-delete = First release every device from the account, each under Settings, Account, Sign out: phones, tablets, bands and TVs. A device that is left stops working and can never be bound to another account. Only then delete the account, under Settings, Account, Delete. Nobody can bring it back.
reply-guide-devices = Still bound are:
reply-guide-device = { $device }
reply-reset-note = A factory reset or new firmware does not release a device: it will ask for the account all the same.

# What comes of it.
reply-approve = What you brought is enough. We now prepare the authorization, and write to you when it is ready.
reply-approve-lost = Thank you, your report is enough: the device is being blocked. The block must be confirmed by a second person here, or it lapses after { $days ->
        [one] { $days } day
       *[other] { $days } days
    }. Report a theft to the police too, and keep their number.
reply-second = What you brought is enough for two of us to decide. The owner of the account is told and may object for { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }; nothing can be ready earlier. You need do nothing.
reply-issued = The authorization is out. { $request ->
        [unbind] Start the device with a connection to the net, or take it to the service centre: it is released once.
        [device-reset] Start the device with a connection to the net, or take it to the service centre: it passes the prompt for the account once.
        [password-reset] You may now set a new password. Use one that you use nowhere else.
       *[other] You need do nothing.
    }
reply-unblocked = The block that you asked for has been lifted: the device can be used again.
reply-done = { $request ->
        [unbind] The device is released. Start it, connect it to the net and set it up as new; sign in with an account of your own.
        [device-reset] The device has passed the prompt for the account. Set it up as new, with an account of your own.
        [password-reset] A new password may be set. Use one that you use nowhere else.
       *[other] Your request is done.
    }
reply-hold = Your request needs some time before it can be decided. You need do nothing, and asking again does not make it faster.
reply-refer = This can only be decided with the device in hand. Take it to a service centre, with the receipt, the box if you have it, and an identity document.
reply-refuse = With what we have, we cannot do what you ask. To protect owners we give no reasons. If the device or the account is yours, take the device, the original receipt and an identity document to a service centre. If something was stolen from you, report it to the police.
reply-investigate = Your request is being looked at by a colleague, who will write to you. You need do nothing.

# How long it may take. $days: working days.
reply-time-ask = Once all of it is here, we answer within { $days ->
        [one] { $days } working day
       *[other] { $days } working days
    }. Getting an account back can take up to several weeks.
reply-time = We write to you within { $days ->
        [one] { $days } working day
       *[other] { $days } working days
    }; if others must be asked, it can take up to several weeks.
