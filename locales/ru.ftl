# The words of the screens in Russian. One section a screen; ids begin with what stands in brackets.
# How to add words: CONTRIBUTING.md.

## Common: words that every screen uses (common-)

common-tickets = { $n ->
    [one] { $n } заявка
    [few] { $n } заявки
    [many] { $n } заявок
   *[other] { $n } заявки
}
common-or = или
common-and = и
common-seconds = { $n } с
common-minutes = { $n } мин
common-hours = { $n } ч
common-days = { $n } дн.
common-s = { $n }с
common-m = { $n }м
common-h = { $n }ч
common-d = { $n }д
common-in = через { $span }
common-now = сейчас
common-ago = { $span } назад
common-just-now = только что

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

## Places: headings of the help (place-)

place-case = Действия с заявкой
place-queue = Очередь
place-ticket = Заявка
place-grant = Разрешение
place-form = Формы и вопросы
place-messages = Сообщения
place-everywhere = Везде

## Language of the words that the desk itself keeps: states, recommendations, outcomes, requests, kinds (word-)

word-request-unbind = отвязка
word-request-device-reset = сброс устройства
word-request-password-reset = сброс пароля
word-request-login-recovery = поиск логина
word-request-account-deletion = удаление записи
word-request-activation = активация
word-request-lost-report = о пропаже
word-op-unbind = отвязать
word-op-reset-device = сбросить устройство
word-op-reset-account = сбросить пароль записи
word-access-signed-in = вход есть
word-access-contact = контакт доступен
word-access-tried = пробовал войти
word-access-none = доступа нет
word-recommendation-investigate = расследовать
word-recommendation-refuse = отказать
word-recommendation-refer = направить
word-recommendation-hold = отложить
word-recommendation-guide = подсказать
word-recommendation-approve = одобрить
word-recommendation-approve-second = одобрить вдвоём
word-recommendation-ask = запросить
word-state-open = открыта
word-state-waiting = ждёт
word-state-held = отложена
word-state-decided = решена
word-state-approved = утверждена
word-state-issued = выдана
word-state-closed = закрыта
word-outcome-pass = да
word-outcome-fail = нет
word-outcome-unknown = неясно
word-outcome-missing = не дано
word-outcome-skip = не нужна
word-proof-consent = согласие
word-proof-sim = SIM
word-proof-facts = ответы
word-proof-box = коробка
word-proof-purchase = покупка
word-role-agent = сотрудник
word-role-approver = утверждающий
word-role-custodian = хранитель
word-role-auditor = аудитор
word-notice-kind-lost = пропажа
word-notice-kind-stolen = кража
word-notice-kind-blocked = блокировка
word-notice-kind-fraud = мошенничество
word-notice-kind-finance = долг
word-notice-status-pending = не подтверждено:
word-notice-status-confirmed = подтверждено:
word-notice-status-cleared = снято:
word-account-state-pending = ждёт подтверждения
word-account-state-active = действует
word-account-state-suspended = приостановлена
word-account-state-deleted = удалена
word-channel-sim = SIM
word-channel-contact = контакт
word-evidence-kind-receipt = чек
word-evidence-kind-sim = SIM
word-evidence-kind-box = коробка
word-evidence-kind-code = код
word-evidence-kind-facts = ответы
word-evidence-kind-document = документ
word-closed-withdrawn = отозвана
word-closed-refused = отказано
word-closed-guided = подсказано
word-closed-duplicate = повтор
word-closed-redeemed = погашена
word-closed-confirmed = подтверждена
word-closed-merged = объединена

## Frame: title bar, message line, bottom bar, help, palette, messages (frame-)


## Queue (queue-)


## Ticket (ticket-)


## Guidance and next step (next-)


## Why an action cannot be done now (why-)


## Forms and questions (form-)


## What a field's check says while it is typed (field-)


## What has been done: toasts (done-)


## What is being done (doing-)


## Authorization on the screen (grant-)


## Lookup (lookup-)


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
