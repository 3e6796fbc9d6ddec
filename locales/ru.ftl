# The words of the screens in Russian. One section a screen; ids begin with what stands in brackets.
# How to add words: CONTRIBUTING.md.

## Common: words that every screen uses (common-)

common-tickets = { $n ->
    [one] { $n } заявка
    [few] { $n } заявки
    [many] { $n } заявок
   *[other] { $n } заявки
}

## Actions: name for bar and palette, .about for the help (act-)

act-next = следующий шаг
    .about = Сделать то, что делу нужно дальше, как сказано вверху заявки
act-decide = решить
    .about = Решить заявку; рекомендация предложена первой
act-send-code = послать код
    .about = Послать одноразовый код на заявленную SIM-карту или владельцу учётной записи
act-confirm-code = принять код
    .about = Ввести код, который назвал заявитель
act-add-evidence = подтверждение
    .about = Добавить чек, SIM-карту, этикетку коробки, ответы или документ
act-remove-evidence = убрать подтверждение
    .about = Убрать одно из подтверждений
act-note = заметка
    .about = Написать заметку для коллег
act-approve = утвердить
    .about = Дать второе «да» чужому решению
act-issue = выдать
    .about = Подписать разрешение или показать уже выданное
act-redeem = погасить
    .about = Применить разрешение здесь: привязка снимается
act-revoke = отозвать
    .about = Отозвать неиспользованное разрешение
act-clear-check = снять проверку
    .about = Снять проверку, не пройденную из-за одной другой заявки, прочтя обе
act-merge = объединить
    .about = Присоединить к этой другую открытую заявку того же заявителя
act-clear-notice = снять извещение
    .about = Снять извещение, сделанное заявлением о пропаже; нужны двое
act-object = возражение
    .about = Записать, что владелец возражает
act-wait = ждать
    .about = Пусть заявка ждёт заявителя
act-close = закрыть
    .about = Закрыть заявку без решения
act-reopen = открыть снова
    .about = Снова открыть закрытую заявку
act-take = взять
    .about = Взять заявку; у коллеги — только с указанием причины
act-release = вернуть
    .about = Вернуть заявку в очередь
act-open = открыть
    .about = Открыть выбранную заявку
act-filter = фильтр
    .about = Показать только заявки с этим текстом; введите и нажмите Enter
act-clear-filter = без фильтра
    .about = Снова показать все заявки вида
act-view-to-do = в работе
    .about = Над чем можно работать сейчас
act-view-to-approve = утвердить
    .about = Что ждёт второго «да» или срока
act-view-waiting = ждут
    .about = Что ждёт заявителя или времени
act-view-issued = выданы
    .about = Выданные и неиспользованные разрешения
act-view-mine = мои
    .about = Что взяли вы
act-view-all = все
    .about = Всё, что не закрыто
act-next-view = следующий вид
    .about = Перейти на вид правее
act-previous-view = предыдущий вид
    .about = Перейти на вид левее
act-sort = порядок
    .about = Упорядочить по срочности, сроку, возрасту или номеру
act-preview = просмотр
    .about = Показать или скрыть просмотр
act-quit = выход
    .about = Выйти из программы
act-back = очередь
    .about = Вернуться в очередь
act-next-ticket = следующая заявка
    .about = Открыть следующую заявку очереди
act-previous-ticket = предыдущая заявка
    .about = Открыть предыдущую заявку очереди
act-all-checks = все проверки
    .about = Показать или свернуть проверки, которые неприменимы или которым нечего читать
act-pane = следующий раздел
    .about = К следующему разделу или, где их две, в другую панель
act-look = подробнее
    .about = Открыть выбранный вывод, доказательство или событие; Tab ведёт от части к части
act-acts = действия
    .about = Все действия с заявкой, и почему некоторые невозможны
act-events = вид событий
    .about = Показать в истории события одного вида
act-find-event = найти событие
    .about = Показать события с таким текстом; наберите и нажмите Enter
act-picture = снимки
    .about = Показать файлы доказательств: снимки коробки, чеки
act-next-finding = следующий вывод
    .about = Открыть следующий вывод
act-previous-finding = предыдущий вывод
    .about = Открыть предыдущий вывод
act-other-ticket = другая заявка
    .about = Открыть заявку, о которой говорит вывод
act-reveal = раскрыть
    .about = Показать людей из реестра полностью на минуту; это записывается в журнал
act-copy = копировать
    .about = Скопировать токен через терминал (OSC 52)
act-save = сохранить токен
    .about = Сохранить токен в файл
act-save-qr = сохранить QR
    .about = Сохранить QR-код как SVG
act-dismiss = убрать
    .about = Убрать сообщение с экрана
act-next-field = следующее поле
    .about = Перейти к следующему полю
act-previous-field = предыдущее поле
    .about = Перейти к предыдущему полю
act-submit = выполнить
    .about = Выполнить из любого поля
act-cancel = отмена
    .about = Уйти; введённое сохранится до следующего раза
act-editor = редактор
    .about = Писать текст в своём редакторе (VISUAL или EDITOR, иначе vi)
act-clear-form = очистить форму
    .about = Очистить форму и забыть, что из неё сохранено
act-down = вниз
    .about = На строку вниз
act-up = вверх
    .about = На строку вверх
act-page-down = страница вниз
    .about = На страницу вниз
act-page-up = страница вверх
    .about = На страницу вверх
act-first = начало
    .about = К первой строке
act-last = конец
    .about = К последней строке
act-help = справка
    .about = Все клавиши; вводите, чтобы искать
act-palette = палитра
    .about = Все действия по именам
act-messages = сообщения
    .about = Что до сих пор не удалось
act-refresh = обновить
    .about = Прочесть бюро заново
act-suspend = приостановить
    .about = Отложить программу; `fg` вернёт её
act-language = язык
    .about = Переключить экраны на следующий язык
act-lookup-go = перейти
    .about = Открыть выбранную заявку или найти выбранное
act-lookup-type = искать
    .about = Набрать или вставить идентификатор
act-lookup-back = прошлый поиск
    .about = Вернуться к тому, что искали раньше
act-lookup-reveal = показать всё
    .about = Показать всё целиком на минуту или снова скрыть; это пишется в журнал
act-back-screen = выйти
    .about = Вернуться туда, откуда экран вызвали
act-show-lookup = поиск
    .about = Найти любой идентификатор
act-screens = перейти к
    .about = Список экранов; буква открывает экран

## Places: headings of the help (place-)

place-case = Действия с заявкой
place-queue = Очередь
place-ticket = Заявка
place-grant = Разрешение
place-form = Формы и вопросы
place-messages = Сообщения
place-everywhere = Везде
place-lookup = Поиск
place-screen = Экраны помимо очереди

## Language of the words that the desk itself keeps: states, recommendations, outcomes, requests, kinds (word-)


## Frame: title bar, message line, bottom bar, help, palette, messages (frame-)

frame-go-to = Перейти — буква или Enter
frame-go-queue = Заявки и что делать дальше

## Queue (queue-)


## Ticket (ticket-)


## Guidance and next step (next-)


## Why an action cannot be done now (why-)

why-only-queue = Только в очереди или в заявке.
why-only-on = Только на экране «{ $screen }».
why-is-queue = Это и есть очередь.

## Forms and questions (form-)


## What a field's check says while it is typed (field-)


## What has been done: toasts (done-)


## What is being done (doing-)


## Authorization on the screen (grant-)


## Lookup (lookup-)

lookup-empty = Наберите или вставьте любой идентификатор: IMEI в любом виде, серийный номер, ICCID, телефон, почту, учётную запись, чек, заявку или разрешение. Enter ищет его во всех значениях, которые он может иметь.
lookup-waiting = Идёт поиск …
lookup-unknown = Ни реестр, ни заявки этого не знают.
lookup-is-masked = скрыто; R показывает целиком на минуту, это пишется в журнал
lookup-in-full = показано целиком; R скрывает
lookup-masked-again = Снова скрыто.
lookup-revealed = Показано целиком на минуту; в журнале это есть.
lookup-why-go = Отсюда идти некуда.
lookup-why-first = Это первый поиск.
lookup-why-nothing = Ещё ничего не искали.
lookup-why-readonly = Показ пишется в журнал, а стол открыт только для чтения.
lookup-kind-none = не похоже на известный идентификатор
lookup-kind-imei = IMEI
lookup-kind-serial = серийный номер
lookup-kind-email = почта
lookup-kind-phone = телефон
lookup-kind-iccid = ICCID
lookup-kind-account = учётная запись
lookup-kind-receipt = чек
lookup-kind-ticket = заявка
lookup-kind-authorization = разрешение
lookup-shares-device = то же устройство
lookup-shares-account = та же учётная запись
lookup-shares-contact = тот же контакт
lookup-shares-receipt = тот же чек
lookup-shares-sim = та же SIM
lookup-shares-text = тот же текст
lookup-tickets-of = Заявки: { $shown } из { $n }
lookup-device = Устройство
lookup-account = Учётная запись
lookup-sim = SIM
lookup-receipt = Чек
lookup-near = похожий
lookup-model = модель
lookup-imei = IMEI
lookup-serial = серийный
lookup-made = выпущено
lookup-record = запись
lookup-no-record = нет; его называют другие списки
lookup-bound = привязано
lookup-was-bound = было
lookup-since = с
lookup-released = отвязано
lookup-lost-mode = РЕЖИМ ПРОПАЖИ с
lookup-notice = ! розыск
lookup-old-notice = розыск
lookup-reported = заявлено
lookup-cleared = снято
lookup-lapses = истекает
lookup-seen = в сети
lookup-sold = продано
lookup-repaired = ремонт
lookup-became = стало
lookup-one-device = одно устройство
lookup-notices-only = только розыск
lookup-number = номер
lookup-iccid = ICCID
lookup-changed = смена SIM
lookup-id = номер
lookup-name = имя
lookup-registered = создана
lookup-signed-in = вход
lookup-email = почта
lookup-phone = телефон
lookup-not-verified = не подтверждён
lookup-verified = подтверждён
lookup-replaced = заменён
lookup-sim-changed = смена SIM
lookup-device-of = устройство

## Approver's screen (approver-)


## Authorizations: the list of what is out (authorizations-)


## Import (import-)


## Registry (registry-)


## Report (report-)


## Log (log-)


## Agents and policy (people-, policy-)


## Settings: language, theme, mouse, lock (set-)

set-language-is = Экраны говорят по-русски.

## Findings: the sentences of the checks (finding-)

## Drafts and the editor (draft-)

draft-here = Здесь то, что вы набрали ({ $ago }) и не отправили; Ctrl+L очистит.
draft-taken = Заявка теперь у { $who }. Набранное сохранено.
draft-unsent = не отправлено
draft-cut = В заметку помещается 64 КиБ; остальное не взято.
draft-lines = { $n ->
    [one] { $n } строка, выше { $above }, ниже { $below }
    [few] { $n } строки, выше { $above }, ниже { $below }
    [many] { $n } строк, выше { $above }, ниже { $below }
   *[other] { $n } строки, выше { $above }, ниже { $below }
}
draft-no-lines = Открыто не многострочное поле.

## Rules: when a check passes, .about when it fails; JUDGEMENT.md §4 (rule-)

rule-imei-form = в номере 14, 15 или 16 цифр и контрольная цифра верна
    .about = неверна длина или контрольная цифра, или это заглушка либо тестовый номер
rule-device-known = устройство есть в реестре
    .about = его там нет
rule-device-model = названная модель — модель этого устройства или его типа
    .about = модель другая
rule-device-one = все неповреждённые идентификаторы ведут к одному устройству
    .about = они ведут к двум устройствам
rule-device-notice = на устройство нет открытых извещений об утере, краже, блокировке, мошенничестве или долге
    .about = есть подтверждённое извещение
rule-device-lost-mode = у привязки нет режима пропажи
    .about = владелец включил режим пропажи
rule-device-clone = в устройстве видели меньше разных SIM, чем порог
    .about = видели столько же или больше
rule-binding-current = устройство сейчас привязано к аккаунту
    .about = не привязано
rule-binding-age = привязка не моложе порога
    .about = привязка моложе
rule-account-known = аккаунт существует и активен
    .about = его нет, он не активен или два логина ведут к разным аккаунтам
rule-account-match = заявленный аккаунт — тот, к которому привязано устройство
    .about = это другой аккаунт
rule-account-idle = в пределах порога никто не входил
    .about = кто-то входил: владелец на месте
rule-self-service = заявитель не может восстановить сам и не является подтверждённым контактом аккаунта
    .about = доступ у него есть, или он подтверждённый контакт
rule-contact-code = код, отправленный на подтверждённый устоявшийся контакт аккаунта, назван верно
    .about = трижды назван неверный код
rule-account-facts = достаточно верных ответов об аккаунте и ни одного неверного
    .about = хотя бы один ответ неверен
rule-receipt-form = читаются номер, магазин и дата не из будущего
    .about = чего-то нет или не прочесть
rule-receipt-known = номер есть в данных магазина
    .about = магазин присылает данные, и такого номера в них нет
rule-receipt-device = строка продажи по этому чеку называет это устройство
    .about = все строки называют другое устройство
rule-receipt-date = дата совпадает с продажей с точностью до дня и не раньше выпуска устройства
    .about = раньше выпуска (невозможно); другой день или после привязки (мягко)
rule-receipt-unique = этот чек не использован другой заявкой для другого устройства или другим заявителем
    .about = использован
rule-sim-form = ICCID и номер телефона верны по форме
    .about = что-то из них неверно
rule-sim-seen = эту SIM видели в устройстве достаточно долго и достаточно недавно
    .about = видели другие SIM, а эту — нет или слишком мало
rule-sim-age = карта этого номера не менялась в пределах порога
    .about = менялась позже, или номер видели с другой картой
rule-sim-held = код, отправленный на этот номер, назван верно
    .about = трижды назван неверный код
rule-box-match = есть снимок коробки, и номер на ней — этого устройства
    .about = номер другого устройства, или штрихкод не совпал с набранным
rule-box-unique = этот снимок не использован другой заявкой для другого устройства или другим заявителем
    .about = использован
rule-claimant-rate = заявки этого человека за 30 дней называют не больше устройств, чем порог
    .about = называют больше
rule-ticket-rival = нет другой открытой заявки на то же от другого заявителя
    .about = есть такая заявка
rule-ticket-twin = нет другой открытой заявки на то же от того же заявителя
    .about = есть: предложите объединить; на решение не влияет
rule-claim-tries = неверных ответов об этом устройстве или аккаунте меньше порогов
    .about = их столько же или больше

## Ticket: what is opened over it, the filter of its timeline (look-)

look-kinds-all = всё
look-kinds-evidence = доказательства
look-kinds-codes = коды
look-kinds-notes = заметки
look-kinds-decisions = решения
look-kinds-owner = владелец
look-kinds-hands = кто держал и видел
look-shown-of = { $shown } из { $all }
look-finding-keys = [ ] следующий вывод, Esc закрывает
look-reading = Читаю …
look-effect = { $effect } для { $request }
look-no-effect = Сам по себе он ни к чему не ведёт.
look-until = Кончится { $until }.
look-others = Другие заявки: { $names }; o откроет первую.
look-evidence = Что прочитано из доказательств
look-no-evidence = Доказательства тут ни при чём.
look-registry = Строки реестра, с которыми сравнили
look-no-row-compared = Строк реестра для сравнения не было.
look-rule = Правило
look-passes = годится, если
look-fails = не годится
look-proof = доказывает
look-part-of = часть «{ $proof }»: должны пройти все её проверки
look-shipped-policy = policy.toml (из поставки)
look-no-line = О таком исходе правила не говорят.
look-file = файл
look-event = Что произошло — Esc закрывает
look-when = когда
look-who = кто
look-act = действие
look-leaf = запись журнала
look-no-leaf = своей нет
look-text = Текст
look-acts = Что можно сделать, и почему остальное нельзя — Enter делает
look-why-no-finding = Вывод не открыт.
look-why-no-other = О других заявках он не говорит.
look-why-nothing = Ничего не выбрано; Tab ведёт к выводам, доказательствам и истории.
look-brand = марка
look-model = модель
look-allocated = выделен
look-imei = IMEI
look-serial = серийный
look-made = выпущен
look-other-device = ведёт к другому устройству:
look-no-row = нет ни в одном списке:
look-near = похожий номер
look-account = аккаунт
look-bound = привязан
look-released = отвязан
look-lost-mode = режим пропажи с
look-name = имя
look-region = регион
look-state = состояние
look-registered = создан
look-signed-in = вход
look-contact = контакт
look-verified = подтверждён
look-replaced = заменён
look-sim-changed = смена SIM
look-sold = продан
look-names = назван
look-number = номер
look-iccid = ICCID
look-seen = видели
look-on = на
look-kind = вид
look-reported = заявлено
look-cleared = снято
look-lapses = истечёт
look-source = источник
look-reference = ссылка

## Pictures of the evidence (picture-)

picture-title = Файл { $at } из { $all } — [ ] листают, Esc закрывает
picture-reading = Читаю файл …
picture-size = { $size } КиБ
picture-no-picture = Это не PNG и не JPEG: показать здесь нельзя.
picture-too-large = В нём больше пикселей, чем здесь разбирается (64 миллиона).
picture-damaged = Его не удалось разобрать: { $why }.
picture-too-long = Разбор занял больше пяти секунд и прекращён.
picture-no-room = Для него нет места, или снимки выключены.
picture-no-colours = Без цветов снимок здесь не нарисовать.
picture-why-no-file = У этого доказательства нет файла.
picture-why-none = Ни у одного доказательства нет файла.
