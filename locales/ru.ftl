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
act-view-mine = мои
    .about = Заявки, которые взяли вы
act-view-to-decide = решить
    .about = Что можно сделать сейчас: решить или выдать разрешение
act-view-to-approve = подтвердить
    .about = Что ждёт второго «да»
act-view-waiting = ждут клиента
    .about = О чём спросили клиента; срок пока не идёт
act-view-on-hold = отложены
    .about = Что ждёт времени: срока или выдержки
act-view-fraud = мошенничество
    .about = Что нужно расследовать
act-view-overdue = просрочены
    .about = Что не сделано в срок
act-view-all = все
    .about = Все незакрытые заявки
act-next-view = следующий вид
    .about = Перейти на вид правее
act-previous-view = предыдущий вид
    .about = Перейти на вид левее
act-sort = порядок
    .about = Упорядочить по срочности, сроку, возрасту или номеру
act-reverse-sort = наоборот
    .about = Показать в обратном порядке
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
act-import-go = дальше
    .about = Впустить то, что показал пробный прогон, или открыть выбранную новую заявку
act-import-file = другой файл
    .about = Выбрать файл
act-import-next-list = следующий список
    .about = Считать файл следующим видом списка
act-import-previous-list = предыдущий список
    .about = Считать файл предыдущим видом списка
act-import-stop = остановить импорт
    .about = Остановить импорт; от него ничего не останется
act-show-import = импорт
    .about = Внести обращения или список реестра; сначала пробный прогон

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
place-import = Импорт

## Language of the words that the desk itself keeps: states, recommendations, outcomes, requests, kinds (word-)


## Frame: title bar, message line, bottom bar, help, palette, messages (frame-)

frame-go-to = Перейти — буква или Enter
frame-go-queue = Заявки и что делать дальше

## Queue (queue-)

queue-mine = Мои
    .about = Мои
queue-to-decide = Решить
    .about = Решить
queue-to-approve = Подтвердить
    .about = Подтв.
queue-waiting = Ждут клиента
    .about = Ждут
queue-on-hold = Отложены до…
    .about = Отлож.
queue-fraud = Мошенничество
    .about = Мошен.
queue-overdue = Просрочены
    .about = Проср.
queue-all = Все
    .about = Все
queue-by-urgency = срочности
queue-by-due = сроку
queue-by-age = возрасту
queue-by-number = номеру
queue-order = по { $by }
queue-order-reverse = по { $by }, в обратном порядке
queue-chip = ×Esc
queue-chip-typing = Enter — оставить, Esc — убрать
queue-opening = Открываю…
queue-reading = Читаю очередь…
queue-still-reading = очередь ещё читается…
queue-not-found = В этом разделе таких слов нет ни в одной заявке. Esc покажет весь раздел, 8 ищет во всех.
queue-empty = Открытых заявок нет. Их загружает `latchkey import cases ФАЙЛ`.
queue-nothing-here = Здесь пусто. Tab — следующий раздел.
queue-column-word = решение
    .about = Что советует программа, а после решения — что с заявкой
queue-column-ticket = заявка
    .about = Её обозначение или номер
queue-column-request = просьба
    .about = О чём просит клиент
queue-column-claimant = заявитель
    .about = Кто просит; имя скрыто
queue-column-device = устройство
    .about = Модель и номер; номер скрыт
queue-column-proofs = доказательства
    .about = Покупка, SIM, согласие, коробка, ответы: ✓ доказано, ✗ противоречит, ? неполно, · нет
queue-column-age = дней
    .about = Сколько времени прошло с получения
queue-column-due = срок
    .about = Сколько осталось; ! просрочено, ‖ срок не идёт, … до конца ожидания
queue-column-holder = взял
    .about = Кто взял заявку и сколько ему осталось
queue-column-state = стадия
    .about = Что сейчас с заявкой
queue-column-cautions = △
    .about = Сколько есть предостережений


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

import-cases = обращения
import-hint-pick = Tab дополняет, Enter открывает; сначала пробный прогон, он ничего не меняет
import-hint-working = Esc останавливает; от импорта ничего не останется
import-hint-settling = все строки внесены; остановить уже нельзя
import-hint-problem = Tab считает файл другим списком; / выбирает другой файл
import-hint-good-rows = Enter вносит годные строки, прочие пишет рядом; Tab: другой список
import-hint-looked = пока ничего не изменено; Enter вносит; Tab: другой список
import-hint-landed = Enter открывает заявку или одну рекомендацию; / другой файл
import-reading = Читаю папку …
import-folder-problem = Папка не читается: { $why }
import-no-such = Здесь нет ничего с таким именем.
import-dry = пробный прогон: ничего не изменено
import-looking = Просматриваю файл; ничего не меняется
import-landing = Вношу; всё ляжет разом, в конце
import-settling = Все строки внесены. Связанные заявки оцениваются заново …
import-rate = { $n ->
    [one] { $n } строка · { $rate } в секунду
    [few] { $n } строки · { $rate } в секунду
    [many] { $n } строк · { $rate } в секунду
   *[other] { $n } строки · { $rate } в секунду
}
import-left = осталось около { $time }
import-would = Будет внесено
import-did = Внесено
import-rows = строк в файле
import-new-tickets = новых заявок
import-added = новых строк
import-updated = обновлено
import-unchanged = без изменений
import-removed = убрано
import-rejected = отклонено
import-took = за { $time } с
import-rejects-in = Отклонённые строки лежат в { $file }; исправьте и внесите его.
import-recommended = По рекомендациям
import-problems = { $n ->
    [one] { $n } строка с ошибкой
    [few] { $n } строки с ошибками
    [many] { $n } строк с ошибками
   *[other] { $n } строки с ошибками
}
import-more = { $n ->
    [one] … и ещё { $n }
    [few] … и ещё { $n }
    [many] … и ещё { $n }
   *[other] … и ещё { $n }
}
import-warnings = Прочитано с поправкой
import-fresh = Новые заявки: { $shown } из { $n }
import-stopped = Остановлено; ничего не осталось.
import-why-idle = Сейчас ничего не вносится.
import-why-settling = Все строки внесены; остановить уже нельзя.
import-why-working = Ещё работает; Esc останавливает.
import-why-none = Ничего нового не пришло.
import-why-no-file = Сначала выберите файл.
import-why-readonly = Стол открыт только для чтения.
import-why-custodian = Списки вносит хранитель.
import-why-nothing = Из этого файла ничего не войдёт.

## Registry (registry-)

registry-tacs = таблица TAC
registry-devices = устройства
registry-accounts = учётные записи
registry-contacts = контакты
registry-bindings = привязки
registry-sightings = появления в сети
registry-sim-changes = смены SIM
registry-sales = продажи
registry-repairs = ремонты
registry-notices = розыск

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
