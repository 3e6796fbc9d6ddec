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
act-registry-weigh = взвесить
    .about = Посчитать байты каждого списка; читает весь файл
act-policy-replay = прогнать файл
    .about = Какие закрытые заявки изменённая политика решила бы иначе
act-policy-rules = правила
    .about = От прогона назад к политике
act-policy-open = открыть заявку
    .about = Открыть выбранную заявку прогона
act-show-registry = реестр
    .about = Возраст и размер каждого списка
act-show-agents = сотрудники
    .about = Кто здесь работает, с какими ролями и ключами
act-show-policy = политика
    .about = Что делает каждая строка политики; прогон изменённого файла

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
place-registry = Реестр
place-agents = Сотрудники
place-policy = Политика

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
registry-hint = список старше { $time } устарел (stale_hours в config.toml); F4 — импорт
registry-reading = Читаю реестр …
registry-stale = { $n ->
    [one] { $n } список устарел: он может быть уже неверен, а обращения оцениваются по нему.
    [few] { $n } списка устарели: они могут быть уже неверны, а обращения оцениваются по ним.
    [many] { $n } списков устарели: они могут быть уже неверны, а обращения оцениваются по ним.
   *[other] { $n } списка устарели: они могут быть уже неверны, а обращения оцениваются по ним.
}
registry-fresh = Все пришедшие списки свежие.
registry-never-many = { $n ->
    [one] { $n } список не приходил ни разу.
    [few] { $n } списка не приходили ни разу.
    [many] { $n } списков не приходили ни разу.
   *[other] { $n } списка не приходили ни разу.
}
registry-list = список
registry-rows = строк
registry-size = размер
registry-age = пришёл
registry-file = файл
registry-never = никогда
registry-is-stale = устарел
registry-whole = { $bytes } на диске · импорт номер { $n }

## Report (report-)


## Log (log-)


## Agents and policy (people-, policy-)

people-hint = роли и ключи меняет хранитель с корневым ключом: `latchkey agents`
people-reading = Читаю набор ключей …
people-disabled = отключён
people-not-yet = начнёт через { $time }
people-ended = истёк
people-soon = истекает через { $time }
people-for = годен ещё { $time }
people-agent = агент
people-approver = утверждающий
people-custodian = хранитель
people-auditor = аудитор
people-name = имя
people-roles = роли
people-key-age = ключу
people-key = ключ
people-standing = состояние
people-keyset = Набор ключей: кто что может подписать
people-version = версия
people-signed = подписан
people-root = корневой ключ
people-solo = один агент подписывает
people-nothing = ничего
people-rehearsal = Учебный стол: эти ключи ничего настоящего не открывают. Вы — { $name }.
policy-hint = r прогоняет изменённый файл по закрытым заявкам; ≠ — не как в поставке
policy-hint-type = путь к файлу политики; Enter оценит по нему закрытые заявки, ничего не сохранится
policy-hint-replayed = Enter открывает заявку; p — назад к правилам; r — другой файл
policy-file = файл политики
policy-working = Оцениваю: { $n } из { $of }; Esc останавливает
policy-replay-of = Прогон файла
policy-shipped = политика из поставки
policy-reading = Читаю политику …
policy-thresholds = Пороги
policy-due = Срок, в рабочих часах
policy-due-does = от поступления до просрочки
policy-accept = Чего достаточно
policy-one = один агент
policy-two = двое
policy-needs = и нужно
policy-never = только по доказательствам — никогда
policy-effects = К чему ведёт проверка
policy-was = в поставке: { $n }
policy-except = кроме
policy-for = только для
policy-investigate = расследовать: вероятно мошенничество, выдавать нельзя
policy-refuse = отказать: факты против
policy-refer = направить в сервисный центр
policy-hold = удержать до выяснения
policy-guide = подсказать: заявитель справится сам
policy-caution = осторожно: решают двое
policy-correct = назвать в просьбе об исправлении
policy-notice-cooling-days = дней после снятия розыска, когда он ещё требует взгляда
policy-clone-sims = столько SIM в одном устройстве за clone_days — IMEI клонирован
policy-clone-days = дней, за которые считаются эти SIM
policy-binding-days = дней, пока привязка молодая: осторожность
policy-idle-days = дней после последнего входа, когда владельца уже не спросить
policy-code-days = дней, пока засчитан прочитанный код
policy-contact-days = дней без изменений, чтобы контакту верить
policy-facts-needed = верных ответов об учётной записи для доказательства
policy-sim-days = дней SIM должна была пробыть в устройстве
policy-sim-recent-days = дней, за которые её там видели последний раз
policy-sim-change-hours = часов после замены SIM, когда номер ничего не доказывает
policy-box-distance = на столько бит могут отличаться снимки одной коробки
policy-claims-per-month = устройств один заявитель может просить за 30 дней
policy-tries = неверных ответов за tries_hours, потом больше не принимаем
policy-tries-hours = часов, за которые считаются неверные ответы
policy-tries-month = неверных ответов за 30 дней
policy-cooldown-hours = часов от уведомления владельца до разрешения, когда решают двое
policy-due-hours = рабочих часов до срока, если у запроса нет своего
policy-notice-lapse-days = дней, после которых неподтверждённая пропажа снимается
policy-replaced-contact-days = дней ещё уведомляется заменённый контакт
policy-token-days = дней живёт разрешение
policy-token-challenge-hours = часов живёт ответ на запрос устройства
policy-changed = Иначе закончились бы { $changed } из { $n } закрытых заявок.
policy-ways = Было, стало
policy-tickets = Заявки
policy-why-working = Прогон уже идёт; Esc останавливает.
policy-why-rules = Это и есть правила.
policy-why-open = Заявка не выбрана; сначала прогоните файл.

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
