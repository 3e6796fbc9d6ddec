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
act-asked-for = о чём просят
    .about = Сказать, о чём письмо, если его слова поняты не так
act-confirm-offer = подтвердить из письма
    .about = Сказать, что это такое в письме, или отклонить
act-remove-evidence = убрать подтверждение
    .about = Убрать одно из подтверждений
act-note = заметка
    .about = Написать заметку для коллег
act-reply = ответ
    .about = Прочитать ответ клиенту на его языке, поправить, скопировать, отправить
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
act-hear-owner = прочитан владелец
    .about = Отметить, что ответ владельца без кода прочитан
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
    .about = Показать только заявки с этим текстом в заявлении, номере или заметках; введите и нажмите Enter
act-clear-filter = без фильтра
    .about = Снова показать все заявки вида
act-view-mine = мои
    .about = Заявки, которые взяли вы
act-view-to-decide = решить
    .about = Что можно сделать сейчас: решить или выдать разрешение
act-view-to-approve = утвердить
    .about = Что ждёт второго «да»
act-view-waiting = ждут заявителя
    .about = О чём спросили заявителя; срок пока не идёт
act-view-on-hold = отложены
    .about = Что ждёт времени: срока или выдержки
act-view-fraud = мошенничество
    .about = Что нужно расследовать
act-view-overdue = просрочены
    .about = Что не сделано в срок
act-view-all = все
    .about = Все незакрытые заявки
act-everywhere = все заявки
    .about = Искать во всех заявках, и закрытых, начиная с новых; ещё раз — обратно (в поле поиска Tab)
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
act-pane-down = дальше
    .about = Прокрутить сведения о выбранной заявке рядом со списком
act-pane-up = назад вверх
    .about = Прокрутить их назад
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
    .about = Открыть выбранный вывод, подтверждение или событие; Tab ведёт от части к части
act-acts = действия
    .about = Все действия с заявкой, и почему некоторые невозможны
act-events = вид событий
    .about = Показать в истории события одного вида
act-find-event = найти событие
    .about = Показать события с таким текстом; наберите и нажмите Enter
act-picture = снимки
    .about = Показать файлы подтверждений: снимки коробки, чеки
act-open-file = в программе
    .about = Открыть файл в программе из config.toml: ей достаётся отдельная копия
act-next-picture = следующий файл
    .about = Показать следующий файл
act-previous-picture = предыдущий файл
    .about = Показать предыдущий файл
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
act-save-page = страница
    .about = Сохранить страницу для печати: что разрешено, токен, QR-код
act-show-qr = QR-код
    .about = Показать QR-код на всё окно
act-invert-qr = светлое и тёмное
    .about = Нарисовать QR-код наоборот, если сканер его не берёт
act-grant-revoke = отозвать это
    .about = Отозвать показанное разрешение
act-grant-read-out = продиктовать код
    .about = Продиктовать код сервисному центру, у которого нет ни камеры, ни сети
act-grant-read-back = центр принял
    .about = Ввести то, что сервисный центр назвал в ответ, приняв код
act-grant-redeem = погасить это
    .about = Использовать показанное разрешение здесь и сейчас
act-grants-open = открыть разрешение
    .about = Показать выбранное разрешение с токеном и QR-кодом
act-grants-filter = отбор разрешений
    .about = Показать разрешения с таким текстом; наберите и нажмите Enter
act-grants-next-tab = следующая вкладка
    .about = На вкладку вправо: действует, погашено, отозвано, истекло, все
act-grants-previous-tab = предыдущая вкладка
    .about = На вкладку влево
act-grants-ticket = его заявка
    .about = Открыть заявку выбранного разрешения
act-grants-revoke = отозвать выбранное
    .about = Отозвать выбранное разрешение
act-grants-redeem = погасить выбранное
    .about = Использовать выбранное разрешение здесь и сейчас
act-show-grants = разрешения
    .about = Что подписано в этом бюро: действует, погашено, отозвано, истекло
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
act-copy-text = скопировать
    .about = Скопировать текст, который пишется
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
act-undo = отменить
    .about = Отменить последнее действие, если это возможно
act-messages = сообщения
    .about = Что до сих пор не удалось
act-refresh = обновить
    .about = Прочесть бюро заново
act-suspend = приостановить
    .about = Отложить программу; `fg` вернёт её
act-language = язык
    .about = Переключить экраны на следующий язык
act-links = связи
    .about = Показать, что у заявки общего с другими: устройство, учётная запись, контакт, SIM, чек, снимок
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
act-show-outbox = исходящие
    .about = Коды, уведомления владельцев и ответы: что ещё не ушло, что не удалось и почему, что ушло
act-outbox-read = прочитать
    .about = Показать сообщение целиком или снова список
act-outbox-retry = повторить
    .about = Сразу же попробовать отправить ещё раз
act-outbox-drop = снять
    .about = Больше не отправлять это сообщение; нужна причина
act-outbox-ticket = заявка
    .about = Открыть заявку, о которой сообщение
act-outbox-next-tab = дальше
    .about = Перейти к следующей части исходящих
act-outbox-previous-tab = назад
    .about = Перейти к предыдущей части исходящих
act-show-lookup = поиск
    .about = Найти любой идентификатор
act-screens = перейти к
    .about = Список экранов; буква открывает экран
act-import-go = дальше
    .about = Внести то, что показал пробный прогон, или открыть выбранную новую заявку
act-import-file = другой файл
    .about = Выбрать файл
act-import-next-list = следующий список
    .about = Считать файл следующим видом списка
act-import-previous-list = предыдущий список
    .about = Считать файл предыдущим видом списка
act-import-mode = способ
    .about = Дополнить список, заменить его целиком или делать, что говорит каждая строка
act-import-stop = остановить импорт
    .about = Остановить импорт; от него ничего не останется
act-show-import = импорт
    .about = Внести обращения или список реестра; сначала пробный прогон
act-theme = цвета
    .about = Переключить экраны на следующие цвета
act-mouse = мышь
    .about = Принимать щелчки и колесо или оставить их терминалу
act-lock = закрыть экран
    .about = Очистить экран, пока не введена парольная фраза
act-mark = пометить
    .about = Пометить заявку или снять пометку; действия относятся ко всем помеченным
act-mark-to = пометить до
    .about = Пометить все заявки от последней помеченной до этой
act-mark-all = пометить все
    .about = Пометить все найденные заявки, и те, что не на экране; ещё раз — снять все пометки
act-results = итоги
    .about = Что вышло из последнего действия над помеченными
act-columns = столбцы
    .about = Выбрать столбцы и их порядок; выбор сохраняется
act-save-search = запомнить
    .about = Дать имя разделу, фильтру и порядку; туда ведёт вкладка, у вас или у всех
act-drop-search = забыть
    .about = Забыть открытый сохранённый поиск
act-send-back = вернуть решение
    .about = Вернуть решение тому, кто его принял, с причиной; заявка снова открыта

act-registry-weigh = взвесить
    .about = Посчитать байты каждого списка; читает весь файл
act-policy-replay = прогнать файл
    .about = Какие закрытые заявки изменённые правила решили бы иначе
act-policy-rules = к правилам
    .about = От прогона назад к правилам
act-policy-open = открыть заявку
    .about = Открыть выбранную заявку прогона
act-show-registry = реестр
    .about = Возраст и размер каждого списка
act-show-agents = сотрудники
    .about = Кто здесь работает, с какими ролями и ключами
act-show-policy = правила
    .about = Что делает каждая строка правил; прогон изменённого файла
act-report-next = следующая часть
    .about = Следующая часть отчёта
act-report-previous = предыдущая часть
    .about = Предыдущая часть отчёта
act-report-longer = дольше
    .about = Отчёт за большее время
act-report-shorter = короче
    .about = Отчёт за меньшее время
act-report-open = открыть её
    .about = Открыть заявку выбранной строки
act-show-report = отчёт
    .about = Как идёт очередь, что решено и какие следы оставил бы инсайдер
act-log-open = её заявка
    .about = Открыть заявку выбранной записи
act-log-filter = отбор
    .about = Только записи с этими словами: кто, что, когда, #заявка; Enter ищет во всём журнале
act-log-clear = весь журнал
    .about = Снять отбор
act-log-verify = проверить
    .about = Проверить каждую запись, каждую подпись и каждую подписанную вершину
act-show-log = журнал
    .about = Журнал с отбором и проверкой
act-import-queue = в очередь
    .about = Очередь из одних новых заявок

## Places: headings of the help (place-)

place-case = Действия с заявкой
place-queue = Очередь
place-ticket = Заявка
place-grant = Разрешение
place-outbox = Исходящие
place-grants = Разрешения
place-form = Формы и вопросы
place-messages = Сообщения
place-look = Поверх заявки
place-picture = Снимки
place-everywhere = Везде
place-lookup = Поиск
place-screen = Экраны помимо очереди
place-import = Импорт
place-registry = Реестр
place-agents = Сотрудники
place-policy = Правила
place-report = Отчёт
place-log = Журнал


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
word-message-code = код
word-message-owner-notice = уведомление владельца
word-message-reply = ответ
word-message-checkpoint = контрольная точка
word-message-waiting = ждёт
word-message-sending = отправляется
word-message-sent = отправлено
word-message-failed = не ушло
word-message-dropped = снято
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
word-effect-investigate = расследовать
word-effect-refuse = отказать
word-effect-refer = направить
word-effect-hold = отложить
word-effect-guide = подсказать
word-effect-caution = осторожно
word-effect-correct = исправить

## Frame: title bar, message line, bottom bar, help, palette, messages (frame-)

frame-rehearsal = УЧЕНИЯ
frame-readonly = ТОЛЬКО ЧТЕНИЕ
frame-small = В окне { $w } столбцов и { $h } строк; Latchkey нужно { $width } и { $height }.
frame-small-kept = Увеличьте окно или уменьшите шрифт. Набранное сохранено.
frame-small-keys = { $key-quit } — выход
frame-trouble = { $more ->
    [0] Esc уберёт это; { $key-messages } покажет все
   *[other] Esc уберёт это; ещё { $more }, { $key-messages } покажет их
}
frame-step = пока { $n }; Esc остановит
frame-judged = { $n ->
    [one] { $n } заявка проверена заново; Esc остановит
    [few] { $n } заявки проверены заново; Esc остановит
    [many] { $n } заявок проверено заново; Esc остановит
   *[other] { $n } заявки проверено заново; Esc остановит
}
frame-waits = { $what }{ $more ->
    [0] {""}
    [one] {" "}и ещё { $more }
    [few] {" "}и ещё { $more }
    [many] {" "}и ещё { $more }
   *[other] {" "}и ещё { $more }
}: ждёт, пока вносится файл ({ $n ->
    [one] пока { $n } строка
    [few] пока { $n } строки
    [many] пока { $n } строк
   *[other] пока { $n } строки
})
frame-would-do = хватило бы: { $sets }
frame-search = введите, чтобы искать
frame-help = Справка — Esc закроет
frame-not-now = { $about } — сейчас: { $why }
frame-nothing = Такого названия нет ни у чего.
frame-palette = Что сделать? Enter сделает
frame-messages = Сообщения — { $key-dismiss } уберёт, Esc закроет
frame-larger = Увеличьте окно.
frame-go-to = Перейти — буква или Enter
frame-go-queue = Заявки и что делать дальше

## Queue (queue-)

queue-to-approve = Утвердить
    .about = Утв.
queue-waiting = Ждут заявителя
    .about = Ждут
queue-mine = Мои
    .about = Мои
queue-all = Все
    .about = Все
queue-by-urgency = срочности
queue-by-due = сроку
queue-by-age = возрасту
queue-by-number = номеру
queue-opening = Открываю…
queue-reading = Читаю очередь…
queue-not-judged = не проверена
queue-owner-wrote = пишет владелец
queue-to-decide = Решить
    .about = Решить
queue-on-hold = Отложены до…
    .about = Отлож.
queue-fraud = Мошенничество
    .about = Мошен.
queue-overdue = Просрочены
    .about = Проср.
queue-order = по { $by }
queue-order-reverse = по { $by }, в обратном порядке
queue-chip = ×Esc
queue-chip-typing = Tab — и закрытые, Esc — убрать
queue-chip-everywhere = Tab — открытые, Esc — убрать
queue-newest = сначала новые
queue-everywhere = Все и закрытые
    .about = Все+
queue-why-newest = Все заявки бюро идут с самых новых
queue-still-reading = очередь ещё читается…
queue-pane-more = { $n ->
        [one] ещё { $n } строка; { $key-pane-down } покажет
        [few] ещё { $n } строки; { $key-pane-down } покажет
        [many] ещё { $n } строк; { $key-pane-down } покажет
       *[other] ещё { $n } строки; { $key-pane-down } покажет
    }
queue-not-found = В этом разделе таких слов нет ни в одной заявке. { $key-clear-filter } покажет весь раздел, { $key-view-all } ищет во всех, { $key-everywhere } (при вводе Tab) — и в закрытых.
queue-not-found-all = Открытых заявок с этими словами нет. { $key-clear-filter } покажет все; { $key-everywhere } (при вводе Tab) ищет и в закрытых.
queue-not-found-everywhere = Ни в одной заявке бюро, открытой или закрытой, нет всех этих слов. Слова и номера находятся по началу, номера — ещё и по последним знакам, от трёх; { $key-show-lookup } спросит реестр.
queue-empty = Открытых заявок нет. Их загружает `latchkey import cases ФАЙЛ`.
queue-nothing-here = Здесь пусто. { $key-next-view } — следующий раздел.
queue-column-word = решение
    .about = Что советует программа, а после решения — что с заявкой
queue-column-ticket = заявка
    .about = Её обозначение или номер
queue-column-request = просьба
    .about = О чём просит заявитель
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
queue-marked = { $n ->
    [one] помечена { $n }
    [few] помечены { $n }
    [many] помечено { $n }
   *[other] помечено { $n }
}
queue-single-code = Каждый звонящий называет свой код: по одной заявке.
queue-single-evidence = Подтверждение относится к одному заявлению: по одной заявке.
queue-single-clear = Проверка снимается относительно одной другой заявки, обе читаются: по одной.
queue-single-reply = Каждый ответ прочитывают перед отправкой: по одной заявке.
queue-single-object = Владелец возражает против одного разрешения: по одной заявке.
queue-single-merge = Чтобы объединить помеченные, их нужно хотя бы две.
queue-bulk-merge = Каждая войдёт в { $name }, самую раннюю, и будет закрыта. Объединяются только двойники: открытые заявки одного заявителя на одно устройство или учётную запись.
queue-no-marks-results = С помеченными заявками ещё ничего не делали.
queue-no-search = Сохранённый поиск не открыт.
queue-nothing-marked = Пометить нечего.
queue-bulk-title = { $n ->
    [one] { $act }: { $n } заявка
    [few] { $act }: { $n } заявки
    [many] { $act }: { $n } заявок
   *[other] { $act }: { $n } заявки
}
queue-bulk-each = Каждая заявка — отдельно; если одна откажет, остальные всё равно будут сделаны.
queue-bulk-refused = { $n ->
    [one] { $n } из заявок на экране откажет:
    [few] { $n } из заявок на экране откажут:
    [many] { $n } из заявок на экране откажут:
   *[other] { $n } из заявок на экране откажут:
}
queue-bulk-take = Причина нужна только там, где заявку держит коллега.
queue-bulk-others = Остальные всё равно будут сделаны; итог покажут по каждой.
queue-reason = Причина
queue-type-word = Наберите { $word }
queue-note = Заметка
queue-as-recommended = каждую — как советует программа
queue-decision = Решение
queue-to = Кому
queue-to-sim = на заявленный номер
queue-to-owner = владельцу учётной записи
queue-close-as = Как
queue-results-title = { $act }: сделано { $done } из { $n }
queue-results-failed = { $n ->
    [one] { $n } не сделана и осталась помеченной.
    [few] { $n } не сделаны и остались помеченными.
    [many] { $n } не сделано, они остались помеченными.
   *[other] { $n } не сделано, они остались помеченными.
}
queue-results-keys = Enter — открыть заявку, Esc — закрыть; { $key-results } покажет снова
queue-columns-title = Столбцы
queue-columns-keys = Пробел — показать или скрыть, ← → — подвинуть, Esc — закрыть
queue-search-title = Запомнить поиск
queue-search-save = Запомнить
queue-search-says = Хранится вместе с заявками: { $words }
queue-search-all = весь раздел
queue-search-name = Имя
queue-search-who = Для кого
queue-search-me = для меня
queue-search-everybody = для всех
queue-search-long = В имени от 1 до 24 знаков.
queue-search-saved = Поиск «{ $name }» сохранён, его вкладка — за остальными.
queue-search-dropped = Поиск «{ $name }» забыт.


## Merge: what two tickets would say as one (merge-)

merge-title = { $from } в { $into }: что получится
merge-keys = y — объединить, Esc — оставить как есть
merge-keys-refused = Esc — закрыть
merge-keys-rival = клавиша из списка выполнит, Esc закроет
merge-rival-title = { $into } и { $from }
merge-rival-head = Два заявителя, одна вещь: такие заявки не объединяют.
merge-rival-why = Нужно выяснить, чья она. Объединение отдало бы доказательства одного другому и рассказало бы каждому, что сообщил другой.
merge-rival-unproven = ничего не доказано
merge-rival-proof = Когда один докажет достаточно, а другой ничего, соперник — лишь оговорка и больше не задерживает.
merge-rival-may = Что позволяют правила
merge-may-other = сначала прочитать другую заявку
merge-may-clear = утверждающий, прочитав обе, признаёт обе (супруги, фирма), с причиной
merge-may-decide = отложить или отказать, пока не ясно, чья вещь
merge-may-wait = запросить у этого заявителя ещё доказательства
merge-may-close = этот заявитель отказывается
merge-would-say = Объединённая заявка скажет
merge-new = новое
merge-missing = хватило бы: { $sets }
merge-due = срок { $due }, более ранний из двух
merge-claim = Заявление
merge-not = (а не { $there })
merge-taken-over = (перенесено)
merge-items = переносится сюда: { $items }
merge-closes = { $from } закрывается; заметки и участники переходят сюда. { $key-undo } разделит их снова, пока ничего другого не сделано.
merge-twin = { $ticket }: тот же заявитель
merge-rival = { $ticket }: другой заявитель; можно посмотреть, объединить нельзя


## Ticket (ticket-)

ticket-more-proof = нужны ещё доказательства
ticket-also = также:
ticket-would-do = хватило бы:
ticket-caution = осторожно:
ticket-badge-proven = доказано
ticket-badge-contradicted = опровергнуто
ticket-badge-incomplete = неполно
ticket-badge-not-given = не дано
ticket-mark-same = совпало
ticket-mark-differs = разное
ticket-mark-look = смотри
ticket-mark-unknown = неясно
ticket-mark-missing = не дано
ticket-reading = Заявка читается …
ticket-say = сказать:
ticket-login = логин:
ticket-bound = привязано:
ticket-cooldown-ends = выдержка кончится
ticket-until = до:
ticket-with = у
ticket-came = поступила
ticket-overdue = просрочена на
ticket-due = срок
ticket-in-full = ПОЛНОСТЬЮ
ticket-claimant = Заявитель
ticket-claim-and-registry = Заявление и реестр
ticket-findings = Выводы
ticket-evidence = Подтверждения
ticket-timeline = Ход дела
ticket-claim = заявление
ticket-registry = реестр
ticket-unread = Заявка не читается.
ticket-unread-then = { $key-refresh } попробует снова, { $key-back } — назад
ticket-folded = { $n ->
    [one] { $n } проверке нечего читать; { $key-all-checks } покажет её
    [few] { $n } проверкам нечего читать; { $key-all-checks } покажет их
    [many] { $n } проверкам нечего читать; { $key-all-checks } покажет их
   *[other] { $n } проверкам нечего читать; { $key-all-checks } покажет их
}
ticket-tickets = заявки { $names }
ticket-no-evidence = нет; e добавит
ticket-file = файл { $name } ({ $size } КиБ)
ticket-file-missing = ✗ файла НЕТ
ticket-file-changed = ✗ файл НЕ ТОТ, что был принят
ticket-file-unreadable = ✗ файл не читается
ticket-signs = Обратите внимание
ticket-by = { $who }, { $ago }
ticket-removed = убрано
ticket-code-read-back = назван
ticket-code-burnt = сгорел после трёх ошибок
ticket-code-ran-out = истёк
ticket-code-out = послан; истекает { $until }
ticket-name = Имя
ticket-email = Эл. почта
ticket-phone = Телефон
ticket-language = Язык
ticket-access = Доступ
ticket-group-device = устройство
ticket-group-account = учётная запись
ticket-group-claimant = заявитель
ticket-ev-check-cleared = проверка { $check } снята относительно заявки { $other }
ticket-ev-notice-raised = внесено извещение: { $kind }
ticket-ev-notice-confirmed = извещение подтверждено
ticket-ev-notice-cleared = извещение снято
ticket-ev-case-imported = пришла с пакетом
ticket-ev-case-updated = обновлена пакетом
ticket-ev-code-sent = код послан: { $channel }
ticket-ev-reply = ответ поставлен в очередь
ticket-ev-message-sent = отправлено: { $kind }
ticket-ev-message-failed = не удалось отправить: { $kind }
ticket-ev-message-dropped = не отправлять: { $kind }
ticket-ev-message-retried = отправить снова: { $kind }
ticket-ev-code-confirmed = код подтверждён: { $channel }
ticket-ev-code-wrong = неверный код: { $channel }
ticket-ev-ticket-taken = заявка взята
ticket-ev-ticket-stolen = заявка перенята
ticket-ev-ticket-released = заявка возвращена в очередь
ticket-ev-ticket-revealed = личные данные показаны полностью
ticket-ev-evidence-added = добавлено подтверждение { $evidence }: { $kind }
ticket-ev-mail-taken = пришло письмо
ticket-ev-offer-confirmed = подтверждено из письма: { $what }
ticket-ev-offer-dismissed = кое-что из письма отклонено
ticket-ev-request = теперь о том: { $what }
ticket-ev-evidence-removed = убрано подтверждение { $evidence }
ticket-ev-evidence-read = прочитан снимок подтверждения { $evidence }, IMEI: { $imeis }
ticket-ev-decision-cancelled = решение отпало: { $why }
ticket-ev-owner-told = уведомление владельца, контактов: { $contacts }
ticket-ev-decision-approved = второе «да»
ticket-ev-authorization-issued = разрешение выдано
ticket-ev-authorization-redeemed = разрешение погашено
ticket-ev-authorization-revoked = разрешение отозвано
ticket-ev-authorization-spoken = код продиктован сервисному центру { $centre }
ticket-ev-authorization-accepted = сервисный центр { $centre } принял код
ticket-ev-owner-objected = владелец возразил
ticket-ev-ticket-reopened = открыта снова
ticket-ev-undone = отменено: { $what }
ticket-ev-ticket-waiting = ждёт заявителя
ticket-ev-note = заметка
ticket-ev-decided = решено: { $word }
ticket-ev-decided-against = решено: { $word }, вопреки «{ $recommendation }»
ticket-ev-closed = закрыта: { $as }
ticket-device = Устройство
ticket-imei = IMEI
ticket-imei-2 = IMEI 2
ticket-serial = Серийный
ticket-model = Модель
ticket-near = Похож
ticket-reg = Реестр
ticket-masked = скрыто
ticket-made = Выпуск
ticket-notice = Извещение
ticket-account = Запись
ticket-bound-to = Привязка
ticket-lost-mode = Пропажа
ticket-state = Состояние
ticket-signed-in = Вход
ticket-receipt = Чек
ticket-retailer = Магазин
ticket-number = Номер
ticket-date = Дата
ticket-sold = Продано
ticket-sim = SIM
ticket-iccid = ICCID
ticket-change = Замена
ticket-box = Коробка
ticket-picture = Снимок
ticket-near-is = { $near } есть в реестре
ticket-no-device = такого устройства нет
ticket-notice-is = { $status } { $kind }, { $when }
ticket-unbound = ни к чему не привязано
ticket-bound-since = { $account } с { $day }
ticket-on-since = включён с { $day }
ticket-no-account = такой записи нет
ticket-feed = шлёт продажи
ticket-no-feed = продаж не шлёт
ticket-not-in-feed = в продажах нет
ticket-in-feed = есть в продажах
ticket-in-feed-rows = { $n ->
    [one] в продажах, { $n } строка
    [few] в продажах, { $n } строки
    [many] в продажах, { $n } строк
   *[other] в продажах, { $n } строки
}
ticket-not-seen = в этом устройстве не замечена
ticket-seen = замечена в нём, в последний раз { $to }
ticket-no-change = замен не записано
ticket-changed = заменена { $day }
ticket-no-picture = снимка нет
ticket-owner-objects = владелец возразил
ticket-owner-unreached = у записи нет контакта, который можно известить
ticket-proven = доказано: { $proof }

## Guidance and next step (next-)

next-closed = Закрыта: { $word }. { $key-reopen } откроет её снова.
next-issued = Разрешение выдано. Показать его
next-cooling = Утверждена; выдержка кончится { $until }.
next-issue = Выдать разрешение
next-somebody = кто-то
next-second = { $by }: первое «да». Дать второе
next-waits-second = Ждёт второго «да» утверждающего.
next-both = Оба сказали «да».
next-both-cooling = Оба сказали «да»; выдержка кончится { $until }.
next-held = Отложена: { $word }. d решает заново.
next-held-until = Отложена; это кончится { $until }.
next-refer = Ждёт сервисный центр. d решает заново.
next-decide = Решить «{ $word }», как рекомендовано
next-code-sim = Код послан на SIM-карту. Принять названный код
next-code-contact = Код послан на контакт. Принять названный код
next-send-sim = Послать код на заявленный номер, { $to }
next-send-contact = Послать код владельцу записи, { $to }
next-offers = { $n ->
    [one] Прочесть письмо: { $n } находка не подтверждена
    [few] Прочесть письмо: { $n } находки не подтверждены
    [many] Прочесть письмо: { $n } находок не подтверждено
   *[other] Прочесть письмо: { $n } находки не подтверждены
}
next-asked = Заявителя просили: { $wanted }. Ввести, что пришло
next-ask = Запросить у заявителя: { $wanted }
next-more = ещё что-нибудь
next-correction = исправление: { $of }

## Why an action cannot be done now (why-)

why-no-grant = На экране нет разрешения.
why-no-form = Форма не открыта.
why-no-message = Сообщений нет.
why-in-queue = Только в очереди.
why-no-ticket = Заявка не выбрана.
why-no-preview = Для просмотра нужно окно в 30 строк или 150 столбцов.
why-no-pane = Видно всё.
why-no-filter = Фильтра нет.
why-only-ticket = Только в заявке.
why-being-read = Заявка ещё читается.
why-unread = Заявка не читается.
why-nothing = Здесь сейчас делать нечего.
why-opening = Бюро ещё открывается.
why-readonly = Бюро открыто только для чтения.
why-not-closed = Заявка не закрыта.
why-closed = Заявка закрыта; сначала откройте её снова.
why-not-issued = Разрешение не выдано.
why-no-notice = Извещение бывает только от заявления о пропаже.
why-issued = Разрешение выдано; сначала отзовите его.
why-not-decided = Ни одно решение не ждёт второго «да».
why-pending = Ещё нет второго «да» или не кончилась выдержка.
why-not-approved = Ещё не утверждено.
why-waits = Она уже ждёт.
why-no-code-to = Номер не заявлен, и неизвестна запись, владельца которой можно спросить.
why-no-code = Код не посылали.
why-no-evidence = Подтверждений нет.
why-nobody = Её никто не взял.
why-objected = Владелец уже возразил.
why-owner-silent = Здесь нет непрочитанных ответов владельца.
why-no-twin = Двойника у неё нет.
why-clear-approver = Проверку снимает утверждающий.
why-not-clearable = Нет непройденной проверки, которую можно снять.
why-yours = Она уже у вас.
why-own-work = Вы решали или добавляли подтверждения; утвердить должен другой.
why-approved = Вы уже утвердили.
why-role = { $agent } здесь { $roles }; заявки — для сотрудников и утверждающих.
why-held = Заявка у { $who }; сначала возьмите её себе.
why-cooldown = Выдержка — до { $until }.
why-approver = Второе «да» даёт утверждающий; { $agent } — нет.
why-only-queue = Только в очереди или в заявке.
why-only-on = Только на экране «{ $screen }».
why-is-queue = Это и есть очередь.

## Forms and questions (form-)

form-code-title = Названный код для { $name }
form-code-go = Проверить
form-code = Код
form-code-sent = Послан на { $to }; истекает { $until }.
form-code-rehearsal = Учения: ничего не послано. Код — { $code }.
form-yes-no = y да · n нет
form-anywhere = { $key-submit } выполнит отовсюду
form-cancel = Отмена
form-never = — нельзя: { $why }
form-tick = Пробел ставит отметку
form-is-needed = Нужно: { $what }.
form-tick-first = Сначала отметьте «{ $what }»: это делает пробел.
form-type-word = Введите { $word }, чтобы выполнить.
form-choose-decision = Выберите решение.
form-six-digits = В коде шесть цифр; попытка не засчитана.
form-nothing-given = Пока ничего не дано.
form-choose-item = Выберите подтверждение.
form-choose-ticket = Выберите заявку.
form-choose-check = Выберите проверку.
form-no-qr = Токен слишком длинный для QR-кода.
form-then-approve = Разрешение можно выдать сразу; владельца тогда уведомят.
form-then-second = { $n ->
    [one] Нужно и «да» утверждающего. Владельца уведомят сейчас, и { $n } час ничего не выдаётся.
    [few] Нужно и «да» утверждающего. Владельца уведомят сейчас, и { $n } часа ничего не выдаётся.
    [many] Нужно и «да» утверждающего. Владельца уведомят сейчас, и { $n } часов ничего не выдаётся.
   *[other] Нужно и «да» утверждающего. Владельца уведомят сейчас, и { $n } часа ничего не выдаётся.
}
form-then-ask = Заявка ждёт заявителя.
form-then-refer = Заявка ждёт; устройство должен осмотреть сервисный центр.
form-then-hold = Заявка отложена до известного времени.
form-then-investigate = Заявка уходит в очередь расследований.
form-then-guide = Заявка закрывается: подсказано.
form-then-refuse = Заявка закрывается: отказано.
form-never-guidance = кончается подсказкой
form-never-investigate = сначала расследование
form-never-notice = есть подтверждённое извещение
form-never-lost-mode = владелец включил режим пропажи
form-never-objected = владелец возразил
form-recommended = { $word } (рекомендация)
form-override = { $word } (вопреки: причина и двое)
form-decide-title = Решить { $name }
form-decide = Решить
form-decision = Решение
form-overrides = Это больше, чем рекомендовано ({ $best }): решение вопреки. Нужны причина и двое, и это подсчитывается.
form-reason = Причина
form-reason-free = Причина (можно пусто)
form-decide-word = Решить: { $word }
form-claimed-number = заявленный номер
form-owner = владелец записи
form-send-title = Послать код для { $name }
form-send = Послать
form-send-code = Шестизначный код: по телефону годен 10 минут, по почте — 24 часа, три попытки.
form-send-names = Сообщение называет, о чём просят, так что «да» — это «да» именно этому.
form-to = Кому
form-code-tries = Послан на { $to } ({ $channel }); истекает { $until }, { $n ->
    [one] осталась { $n } попытка
    [few] осталось { $n } попытки
    [many] осталось { $n } попыток
   *[other] осталось { $n } попытки
}.
form-kind = Вид
form-evidence-title = Подтверждение для { $name }
form-add = Добавить
form-file = Файл
form-hint-receipt = Магазин, номер и дата — это чек; файл — его снимок.
form-hint-sim = Номер, ICCID с карты или оба.
form-hint-box = Номер с этикетки и её снимок: одни цифры ничего не доказывают.
form-hint-facts = name=…; region=…; registered=2019; email=…; phone=…; device=модель другого устройства
form-hint-document = Файл, относящийся к делу.
form-retailer = Магазин
form-number = Номер
form-date = Дата
form-imei = IMEI
form-serial = Серийный номер
form-amount = Сумма
form-currency = Валюта
form-phone = Номер телефона
form-iccid = ICCID
form-answers = Ответы
form-text = Текст
form-remove-title = Убрать подтверждение: { $name }
form-remove = Убрать
form-remove-counts = Оно больше не поддерживает заявление, но считается там, где удаление не должно помогать.
form-remove-falls = Принятое раньше решение отпадает.
form-item = Что
form-merge-title = Присоединить к { $name }
form-merge = Посмотреть
form-merge-moves = Содержимое другой заявки переходит сюда: её подтверждения и поля заявления, пустые здесь.
form-merge-closed = Сначала будет показано, что скажет объединённая заявка.
form-from = Откуда
form-clear-against = { $check } против заявки { $other }
form-clear-title = Снять проверку: { $name }
form-clear = Снять
form-clear-sign = Вы подписываете, что прочли обе заявки и что они могут быть рядом: пара, парк компании, чужая опечатка.
form-check = Проверка
form-confirm-title = Подтвердить извещение: { $name }
form-confirm = Подтвердить
form-confirm-blocks = Устройство заблокировано для всех, пока двое не снимут извещение.
form-approve-title = Второе «да» для { $name }
form-approve = Утвердить
form-decided = { $by }: решение «{ $word }», { $ago }.
form-decided-against = { $by }: решение «{ $word }» вопреки рекомендации, { $ago }.
form-reason-is = Причина: { $reason }
form-owner-told = Владелец уведомлён; до { $time } ничего не выдаётся ({ $until }).
form-approve-sign = Вы подписываете, что посмотрели это дело и согласны.
form-saw-box = Я прочёл номер на снимке коробки
form-issue-title = Выдать для { $name }
form-issue = Выдать
form-issue-signs = Подписывает разрешение: { $grants }. Годно 7 дней, один раз.
form-issue-told = Владельца уведомят. Пока не использовано, его можно отозвать.
form-audience = Сервисный центр (пусто: любой)
form-challenge = Вызов устройства (hex, можно пусто)
form-note-title = Заметка к { $name }
form-write = Записать
form-note = Заметка
form-object-title = Возражение по { $name }
form-record = Записать
form-object-then = Заявка переходит в отказ, неиспользованное разрешение останавливается, на устройстве появляется извещение о мошенничестве.
form-object-keeps = Открытая снова заявка сохраняет возражение.
form-object-said = Что сказал владелец (можно пусто)
form-word-object = возражаю
form-word-revoke = отзываю
form-word-redeem = гашу
form-type = Введите { $word }
form-revoke-title = Отозвать { $name }
form-revoke = Отозвать
form-revoke-then = Разрешение отзывается навсегда; его держатель узнает об этом из следующего списка отозванных.
form-redeem-title = Погасить { $name }
form-redeem = Погасить
form-redeem-then = Разрешение используется здесь и сейчас: устройство отвязывается от записи.
form-final = Это нельзя отменить.
form-close-title = Закрыть { $name }
form-close = Закрыть
form-close-then = Заявка уходит из очереди без решения. Её можно открыть снова.
form-as = Как
form-as-withdrawn = заявитель отозвал
form-as-guided = подсказано
form-as-refused = отказано
form-as-duplicate = повтор другой
form-steal-title = Перенять { $name }
form-steal = Перенять
form-steal-then = Сейчас она у { $who }, и над ней могут работать. Журнал сохранит, кто её перенял и почему.
form-clear-notice-title = Снять извещение: { $name }
form-clear-notice = Снять
form-clear-notice-then = Блокировка снимается, когда сотрудник попросил, а утверждающий согласился.
form-wait-title = Ждать: { $name }
form-wait = Ждать
form-wait-then = Заявка ждёт заявителя и уходит из списка дел.
form-reopen-title = Открыть снова { $name }
form-reopen = Открыть
form-reopen-then = Решение, утверждения и коды отпадают; возражение владельца остаётся.
form-release-title = Вернуть { $name }
form-release = Вернуть
form-release-then = Тогда заявку может взять любой.
form-hear-title = Что написал владелец: { $name }
form-hear = Прочитано
form-hear-then = Заявка вернётся на своё место в очереди. Сам ответ ничего не останавливает: если владелец возражает, запишите это.
form-reveal-title = Раскрыть { $name }
form-reveal = Раскрыть
form-reveal-then = Имена и контакты из реестра показаны полностью на минуту.
form-reveal-log = Журнал запомнит, что вы их видели.
form-save-qr = Сохранить QR-код
form-save-token = Сохранить токен
form-save-page = Сохранить страницу для печати
form-save = Сохранить
form-save-then = Новый файл, который читаете только вы; существующий не трогается.
form-passphrase = Парольная фраза
form-sign = Подписать
form-passphrase-for = Это подписывает ключ: { $agent }; фраза спрашивается один раз.

## What a field's check says while it is typed (field-)

field-needed = нужно
field-typed = введено
field-type = введите { $word }
field-digits = только цифры
field-six = шесть цифр
field-six-only = в коде шесть цифр
field-of-six = { $n } из 6 цифр
field-spoken = проверочный знак сходится
field-of-thirteen = { $n } из 13 знаков
field-challenge = токен годен 24 часа, на том устройстве
field-hex = шестнадцатеричные цифры, как их показывает устройство
field-imei = { $imei }, код типа { $tac }
field-check-digit = контрольная цифра верна
field-no-fact = `{ $key }` — не из: { $facts }
field-answers = { $n ->
    [one] { $n } ответ
    [few] { $n } ответа
    [many] { $n } ответов
   *[other] { $n } ответа
}

## What has been done: toasts (done-)

done-saved = Сохранено как { $path }, рядом — доказательство (.tlog-proof).
done-revealed = Показано полностью на минуту; журнал это помнит.
done-code-burnt = Неверно, и попыток не осталось: этот код сгорел.
done-code-wrong = { $n ->
    [one] Неверно. Осталась { $n } попытка.
    [few] Неверно. Осталось { $n } попытки.
    [many] Неверно. Осталось { $n } попыток.
   *[other] Неверно. Осталось { $n } попытки.
}
done-take = { $name } теперь у вас.
done-release = { $name } снова свободна.
done-hear-owner = { $name }: ответ владельца прочитан.
done-send-code = Код для { $name } отправлен.
done-confirm-code = Код для { $name } верен.
done-answers = { $what }. { $n ->
    [one] Неверных ответов осталось: { $n }.
    [few] Неверных ответов осталось: { $n }.
    [many] Неверных ответов осталось: { $n }.
   *[other] Неверных ответов осталось: { $n }.
}
done-answer-fits = { $key } совпадает
done-answer-not = { $key } НЕ совпадает
done-answer-neither = { $key } не в счёт
done-add-evidence = { $name }: добавлено «{ $what }».
done-remove-evidence = { $name }: подтверждение { $what } убрано.
done-decide = { $name } решена: { $what }.
done-approve = { $name }: второе «да» дано.
done-confirm-notice = { $name }: извещение подтверждено.
done-clear-notice = { $name }: снятие извещения записано.
done-clear = { $name }: проверка { $what } снята.
done-merge = Заявка { $what } теперь часть { $name }.
done-object = { $name }: возражение записано.
done-issue = { $name }: разрешение выдано.
done-read-out = { $name }: код записан в журнал, диктуйте.
done-redeem = { $name }: погашено.
done-revoke = { $name }: разрешение отозвано.
done-reply = { $name }: ответ в исходящих.
done-note = { $name }: заметка записана.
done-wait = { $name } ждёт заявителя.
done-close = { $name } закрыта: { $what }.
done-reopen = { $name } снова открыта.
done-no-messages = До сих пор всё удавалось.
done-last = Это последняя заявка вида.
done-first = Это первая заявка вида.
done-all-checks = Показаны все проверки.
done-folded-checks = Проверки, которым нечего читать, свёрнуты.
done-copied = Послано в буфер терминала (OSC 52); принял ли он, узнать нельзя.
done-send-back = { $name }: решение возвращено.


## What is being done (doing-)

doing-reading-queue = Читается очередь
doing-reading-ticket = Читается заявка
doing-saving-file = Сохраняется файл
doing-taking-ticket = Берём заявку
doing-giving-ticket-back = Возвращаем заявку
doing-sending-code = Посылаем код
doing-checking-code = Проверяем код
doing-adding-evidence = Добавляем подтверждение
doing-offer = Записываем сказанное о письме
doing-removing-evidence = Убираем подтверждение
doing-signing-decision = Подписываем решение
doing-signing-approval = Подписываем утверждение
doing-confirming-notice = Подтверждаем извещение
doing-clearing-notice = Снимаем извещение
doing-clearing-check = Снимаем проверку
doing-joining-tickets = Объединяем заявки
doing-recording-objection = Записываем возражение
doing-signing-authorization = Подписываем разрешение
doing-reading-out = Код вычисляется
doing-redeeming = Погашаем
doing-revoking = Отзываем
doing-reply = Ответ ставится в исходящие
doing-reading-reply = Пишется ответ
doing-writing-note = Пишем заметку
doing-setting-ticket-to-wait = Ставим заявку ждать
doing-closing-ticket = Закрываем заявку
doing-undo = Отмена действия
doing-opening-ticket-again = Открываем заявку снова
doing-lookup = Ищем
doing-reading-drafts = Читаются черновики
doing-finding = Открываю вывод
doing-picture = Разбираю снимок
doing-assist = Спрашиваю реестр
doing-barcodes = Читаю штрихкоды на снимке
doing-grants = Читаю разрешения
doing-folder = Читается папка
doing-look-through = Файл просматривается
doing-import = Идёт импорт
doing-judging = Проверяем заново
doing-unlock = Проверяется фраза
doing-bulk = Работаю с помеченными заявками
doing-send-back = Возвращаю решение

doing-weigh = Взвешиваю списки
doing-registry = Читаю реестр
doing-roster = Читаю набор ключей
doing-rulebook = Читаю правила
doing-replay = Заново оцениваю закрытые заявки
doing-report = Считаю журнал
doing-merged = Смотрю, что получится
doing-log = Читаю журнал
doing-outbox = Читаются исходящие
doing-retry = Сообщение ставится на повтор
doing-drop = Сообщение снимается
doing-verify = Проверяю журнал


## Authorization on the screen (grant-)

grant-title = Разрешение — { $key-copy } копирует, { $key-save } сохраняет, { $key-save-qr } сохраняет QR-код, Esc — готово
grant-allows = позволяет
grant-for = для
grant-any = любой сервисный центр
grant-until = годно до
grant-number = номер
grant-token = Токен
grant-qr-large = QR-коду нужно { $w } столбцов и { $h } строк; { $key-save-qr } сохранит его как картинку.
grant-qr-none = Токен слишком длинный для QR-кода; { $key-save } сохранит его в файл.
grant-on = { $op }: { $sub }

## Lookup (lookup-)

lookup-empty = Наберите или вставьте любой идентификатор: IMEI в любом виде, серийный номер, ICCID, телефон, почту, учётную запись, чек, заявку или разрешение. Enter ищет его во всех значениях, которые он может иметь. Две заявки — путь от одной к другой.
lookup-waiting = Идёт поиск …
lookup-unknown = Ни реестр, ни заявки этого не знают.
lookup-partial = Остановлено: этот текст искали не во всех заявках.
lookup-is-masked = скрыто; { $key-lookup-reveal } показывает целиком на минуту, это пишется в журнал
lookup-in-full = показано целиком; { $key-lookup-reveal } скрывает
lookup-masked-again = Снова скрыто.
lookup-revealed = Показано целиком на минуту; в журнале это есть.
lookup-why-go = Отсюда идти некуда.
lookup-why-first = Это первый поиск.
lookup-why-nothing = Ещё ничего не искали.
lookup-why-readonly = Показ пишется в журнал, а бюро открыто только для чтения.
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
lookup-shares-device = устройство
lookup-shares-account = учётная запись
lookup-shares-contact = контакт
lookup-shares-receipt = чек
lookup-shares-sim = SIM
lookup-shares-text = текст
lookup-shares-offered = предложено в письме, не подтверждено
lookup-shares-receipt-file = файл чека
lookup-shares-receipt-look = похожий чек
lookup-shares-box-file = файл коробки
lookup-shares-box-look = похожая коробка
lookup-links = Общее с другими заявками
lookup-links-more = { $n ->
    [one] ещё { $n }
    [few] ещё { $n }
    [many] ещё { $n }
   *[other] ещё { $n }
}
lookup-path = Путь от одной заявки к другой
lookup-path-none = Пути нет: общего у них нет, через другие заявки тоже.
lookup-path-unfound = Пути не нашлось среди { $n ->
    [one] { $n } заявки
    [few] { $n } заявок
    [many] { $n } заявок
   *[other] { $n } заявки
}; он может быть.
lookup-bits = { $n ->
    [one] (различается { $n } бит из 64)
    [few] (различаются { $n } бита из 64)
    [many] (различаются { $n } бит из 64)
   *[other] (различаются { $n } бита из 64)
}
lookup-tickets-of = Заявки: { $shown } из { $n }
lookup-device = Устройство
lookup-account = Учётная запись
lookup-sim = SIM
lookup-receipt = Чек
lookup-near = похожий
lookup-model = модель
lookup-model-masked = скрыта: об этом спрашивают звонящего
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
lookup-notice = ! извещение
lookup-old-notice = извещение
lookup-reported = заявлено
lookup-cleared = снято
lookup-lapses = истекает
lookup-seen = в сети
lookup-sold = продано
lookup-repaired = ремонт
lookup-became = стало
lookup-one-device = одно устройство
lookup-notices-only = только извещения
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
lookup-damaged-imei = Как IMEI это повреждено: { $why }.

## Approver's screen (approver-)

approver-decided = { $who }: решение «{ $word }», { $ago }
approver-override = Решение вопреки совету: проверки говорят «{ $says }».
approver-reason = Причина:
approver-cooling = Выдержка до { $until } UTC ({ $left }); раньше ничего не выдаётся, и владелец может возразить.
approver-cooled = Выдержка прошла: после вашего «да» разрешение можно выдать сразу.
approver-yours = { $key-approve } — второе «да», { $key-send-back } — вернуть с причиной, { $key-open } — открыть заявку
approver-since = После решения
approver-unchanged = Ничего не изменилось.
approver-check = { $check }: было «{ $was }», стало «{ $is }»
approver-more = { $n ->
    [one] и ещё { $n }
    [few] и ещё { $n }
    [many] и ещё { $n }
   *[other] и ещё { $n }
}
approver-touched = Кто работал с заявкой
approver-bound = ■ утвердить не может: решил или добавил подтверждение
approver-says-now = Проверки говорят сейчас
approver-own = Решение ваше; вместо возврата примите новое.
approver-back-title = Вернуть { $name }
approver-back-go = Вернуть
approver-back-says = Решение отменяется, заявка снова открыта; причину ({ $who }) видно среди заметок.


## Authorizations: the list of what is out (authorizations-)

authorizations-out = действует
authorizations-redeemed = погашено
authorizations-revoked = отозвано
authorizations-expired = истекло
authorizations-all = все
authorizations-stands = состояние
authorizations-ticket = заявка
authorizations-on = на что
authorizations-any = любой
authorizations-by = выдано
authorizations-until = время
authorizations-none = Здесь ничего нет.
authorizations-reading = Читаю …
authorizations-why-none = Разрешение не выбрано.
authorizations-why-spent = Оно больше не действует.
authorizations-why-role = Погашают только сотрудники и утверждающие.
authorizations-why-pixels = Здесь он рисуется точками, тёмным по светлому.
authorizations-qr-alone = { $key-show-qr } покажет QR-код на всё окно; { $key-save-qr } сохранит картинкой.
authorizations-qr-keys = Esc — назад · { $key-invert-qr } меняет светлое и тёмное
authorizations-qr-fine = Esc — назад · { $key-invert-qr } меняет светлое и тёмное · мелкими блоками; если видны щели, { $key-save-qr } сохранит
authorizations-qr-too-large = QR-коду нужно { $w } столбцов и { $h } строк; в окне { $width } и { $height }. Увеличьте окно или уменьшите шрифт, либо вернитесь (Esc) и сохраните картинкой ({ $key-save-qr }).
authorizations-copy-unknown = Если нет, { $key-save } сохранит в файл.
authorizations-copy-usual = Обычно этот терминал принимает.
authorizations-copy-tmux = tmux передаёт его только при `set-clipboard on`; если нет, { $key-save } сохранит в файл.
authorizations-copy-screen = GNU screen обычно не передаёт; { $key-save } сохранит в файл.
authorizations-copy-never = Обычно этот терминал не принимает; { $key-save } сохранит в файл.
authorizations-page-title = Разрешение Latchkey
authorizations-page-rehearsal = УЧЕНИЯ: это ничего настоящего не открывает.
authorizations-page-check = `latchkey verify` проверяет токен ниже без связи.

## Import (import-)

import-cases = обращения
import-hint-pick = Tab дополняет, Enter открывает; сначала пробный прогон, он ничего не меняет
import-hint-working = Esc останавливает; от импорта ничего не останется
import-hint-settling = все строки внесены; остановить уже нельзя
import-hint-problem = { $key-import-next-list } считает файл другим списком; { $key-import-file } выбирает другой файл
import-hint-good-rows = { $key-import-go } вносит годные строки, прочие пишет рядом; { $key-import-next-list }: другой список
import-hint-looked = пока ничего не изменено; { $key-import-go } вносит; { $key-import-next-list }: другой список
import-hint-landed = { $key-import-go }: заявка или очередь одной рекомендации; { $key-import-queue }: все новые
import-reading = Читаю папку …
import-folder-problem = Папка не читается: { $why }
import-no-such = Здесь нет ничего с таким именем.
import-replace = заменяет весь список
import-delta = каждая строка говорит: добавить, изменить, убрать
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
import-unjudged = Пробный прогон здесь ничего не оценивает: следа бы не осталось. Рекомендации появятся при внесении.
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
import-why-readonly = Бюро открыто только для чтения.
import-why-custodian = Списки вносит хранитель.
import-why-no-list = Это для списков реестра.
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
registry-notices = извещения
registry-hint = список старше { $time } устарел (stale_hours в config.toml); { $key-show-import } — импорт
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

report-work = Работа
report-decisions = Решения
report-insider = Инсайдер
report-days = { $n ->
    [one] последний { $n } день
    [few] последние { $n } дня
    [many] последние { $n } дней
   *[other] последние { $n } дня
}
report-counting = считаю
report-reading = Считаю журнал; Esc останавливает …
report-hint-work = { $key-report-next } — к решениям; { $key-report-longer } и { $key-report-shorter } меняют время; одна отметка — один день
report-hint-decisions = = рекомендации следовали, ≠ нет; решать вопреки можно только вдвоём
report-hint-insider = ! стоит взгляда, но ничего не доказывает; { $key-report-open } открывает заявку
report-arrived = пришло
report-closed = закрыто
report-a-day = { $n } в день, до { $most }
report-few-a-day = меньше 1 в день, до { $most }
report-age = Возраст открытых
report-time = Время до решения
report-open = открыто { $n }, старшая { $age }
report-pace = половина до { $median }, 9 из 10 до { $p90 }
report-none-decided = За это время ничего не решено.
report-decided = { $n ->
    [one] { $n } решение: по рекомендации { $followed }, вопреки { $overrides }.
    [few] { $n } решения: по рекомендации { $followed }, вопреки { $overrides }.
    [many] { $n } решений: по рекомендации { $followed }, вопреки { $overrides }.
   *[other] { $n } решения: по рекомендации { $followed }, вопреки { $overrides }.
}
report-recommended = рекомендовано
report-was-decided = решено
report-times = раз
report-overrides = { $n ->
    [one] { $n } вопреки
    [few] { $n } вопреки
    [many] { $n } вопреки
   *[other] { $n } вопреки
}
report-nobody = За это время никто ничего не решал, не выдавал и не искал.
report-granted = { $n ->
    [one] { $n } разрешение
    [few] { $n } разрешения
    [many] { $n } разрешений
   *[other] { $n } разрешения
}
report-agent-decided = решений { $n }, вопреки { $overrides }
report-no-code = без кода
report-no-look = без взгляда
report-neither = без обоих
report-busiest = больше всего в { $hour } ч: { $n }
report-one-grant = одно разрешение, промежутков нет
report-gaps = промежутки: { $one } до 1 с, { $ten } до 10 с, { $minute } до 1 мин
report-least = меньший { $time }
report-lookups = искали { $n }, целиком { $full }, без заявки { $none }
report-signs = Обратите внимание
report-close = Разрешения с промежутком меньше минуты
report-no-close = нет
report-apart = { $agent }: #{ $first } и #{ $second }, промежуток { $time }
report-pairs = Один сотрудник, один заявитель, больше одного раза
report-no-pairs = нет
report-why-open = Здесь нет строки с заявкой.
report-no-more = Это самое короткое или самое длинное время.

## Log (log-)

log-reading = Читаю журнал …
log-none = Нет записей с такими словами.
log-of = { $n ->
    [one] из { $n } записи
    [few] из { $n } записей
    [many] из { $n } записей
   *[other] из { $n } записей
}
log-part = прочитаны не все; { $key-log-filter } и Enter ищет во всём журнале
log-hint-typing = Enter ищет во всём журнале, Esc очищает
log-clear = { $key-log-clear } снимает
log-not-verified = не проверялся с открытия экрана; { $key-log-verify } проверяет
log-verifying = Проверяю: { $n } из { $of } записей; Esc останавливает
log-searching = Ищу в журнале; Esc останавливает
log-holds = { $n ->
    [one] журнал цел: { $n } запись на { $at }, корень { $root }…
    [few] журнал цел: { $n } записи на { $at }, корень { $root }…
    [many] журнал цел: { $n } записей на { $at }, корень { $root }…
   *[other] журнал цел: { $n } записи на { $at }, корень { $root }…
}
log-broken = ЖУРНАЛ НАРУШЕН
log-why-open = Эта запись не о заявке.
log-why-verify = Проверка идёт; Esc останавливает.
log-why-clear = Отбора нет.
log-cases-imported = внесены обращения: { $imported }, отклонено { $rejected }
log-list-imported = внесён список { $list }: новых { $added }, обновлено { $updated }
log-lists-sealed = списки подписаны такими, какие они есть
log-registry-pruned = убраны старые строки списков
log-lookup = искали { $kinds }; заявок: { $tickets }
log-lookup-revealed = искали целиком { $kinds }; заявок: { $tickets }
log-search = искали среди всех заявок; найдено: { $tickets }
log-search-revealed = искали среди всех заявок, показано целиком; найдено: { $tickets }
log-ticket-read = чтение заявки
log-ticket-emptied = очищена: сведений о людях больше нет
log-ticket-redacted = сведений об удалённом человеке больше нет
log-exported = выгрузка; заявок: { $tickets }
log-erased = сведения о человеке удалены; заявок: { $tickets }
log-refused = ОТКАЗАНО: { $what }
log-agent-added = сотрудник { $agent } добавлен: { $roles }
log-agent-role = сотрудник { $agent } теперь: { $roles }
log-agent-disabled = ключ { $agent } отключён
log-revocations = подписан список отозванных { $version }
log-desk-made = бюро создано
log-desk-upgraded = бюро обновлено с версии { $from } до { $to }

## Agents and policy (people-, policy-)

people-hint = роли и ключи меняет хранитель с корневым ключом: `latchkey agents`
people-reading = Читаю набор ключей …
people-disabled = отключён
people-disabled-since = отключён с { $day }
people-approves-in = утверждает через { $time }
people-not-yet = начнёт через { $time }
people-ended = истёк
people-soon = истекает через { $time }
people-for = годен ещё { $time }
people-name = имя
people-roles = роли
people-key-age = ключу
people-key = ключ
people-standing = состояние
people-keyset = Набор ключей: кто что может подписать
people-version = версия
people-signed = подписан
people-root = корневой ключ
people-solo = один подписывает
people-nothing = ничего
people-rehearsal = Учебное бюро: эти ключи ничего настоящего не открывают. Вы — { $name }.
policy-hint = { $key-policy-replay } прогоняет изменённый файл по закрытым заявкам; ≠ — не как в поставке
policy-hint-type = путь к файлу правил; Enter оценит по нему закрытые заявки, ничего не сохранится
policy-hint-replayed = { $key-policy-open } открывает заявку; { $key-policy-rules } — назад к правилам; { $key-policy-replay } — другой файл
policy-file = файл правил
policy-working = Оцениваю: { $n } из { $of }; Esc останавливает
policy-replay-of = Прогон файла
policy-shipped = правила из поставки
policy-reading = Читаю правила …
policy-thresholds = Пороги
policy-due = Срок, в рабочих часах
policy-due-does = от поступления до просрочки
policy-accept = Чего достаточно
policy-one = один сотрудник
policy-two = двое
policy-needs = и нужно
policy-never = одних доказательств не хватит никогда
policy-effects = К чему ведёт проверка
policy-was = в поставке: { $n }
policy-except = кроме
policy-for = только для
policy-leads-investigate = расследовать: вероятно мошенничество, выдавать нельзя
policy-leads-refuse = отказать: факты против
policy-leads-refer = направить в сервисный центр
policy-leads-hold = удержать до выяснения
policy-leads-guide = подсказать: заявитель справится сам
policy-leads-caution = осторожно: решают двое
policy-leads-correct = назвать в просьбе об исправлении
policy-notice-cooling-days = дней после снятия извещения, пока оно ещё требует взгляда
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
policy-rings = На что обращают внимание
policy-near-imeis = разных IMEI одной модели подряд у одного заявителя
policy-near-imei-gap = на сколько соседние расходятся самое большее
policy-near-receipts = разных номеров чеков одного магазина подряд у одного заявителя
policy-near-receipt-gap = на сколько соседние расходятся самое большее
policy-same-text = заявок с одним текстом, если не считать чисел
policy-same-image = заявок с одним снимком или похожим на него
policy-burst = заявок одного заявителя за короткое время
policy-burst-hours = часов этого времени
policy-ring-days = дней, за которые смотрят назад
policy-grants-apart-seconds = секунд между двумя разрешениями одного сотрудника
policy-blind-grants = разрешений одного сотрудника без кода и без взгляда на заявку
policy-grants-to-one = разрешений одного сотрудника одному заявителю
policy-people = Люди
policy-approve-after-hours = часов от нового утверждающего или его нового ключа до первого утверждения
policy-cooldown-hours = часов от уведомления владельца до разрешения, когда решают двое
policy-due-hours = рабочих часов до срока, если у просьбы нет своего
policy-notice-lapse-days = дней, после которых неподтверждённая пропажа снимается
policy-replaced-contact-days = дней ещё уведомляется заменённый контакт
policy-token-days = дней живёт разрешение
policy-token-challenge-hours = часов живёт разрешение в ответ на вызов устройства
policy-changed = Иначе закончились бы { $changed } из { $n } закрытых заявок.
policy-ways = Было, стало
policy-tickets = Заявки
policy-why-working = Прогон уже идёт; Esc останавливает.
policy-why-rules = Это и есть правила.
policy-why-open = Заявка не выбрана; сначала прогоните файл.
people-endless = бессрочен

## Settings: language, theme, mouse, lock (set-)

set-language-is = Экраны говорят по-русски.
set-theme-is = Цвета: { $theme }.
set-theme-terminal = как в терминале
set-theme-light = светлые
set-theme-dark = тёмные
set-theme-contrast = высокий контраст
set-theme-plain = нет
set-no-color = Цветов нет: так велит --color never или NO_COLOR.
set-mouse-on = Щелчки и колесо работают; текст выделяется с Shift.
set-mouse-off = Мышь оставлена терминалу.
set-keys-unknown-action = `{ $action }` — не действие. Может быть, `{ $other }`?
set-keys-unknown-key = `{ $action }`: `{ $key }` — не клавиша; пишите d, ctrl+d, alt+d, f7, pgdn.
set-keys-typed = `{ $action }`: `{ $key }` попадёт в поле; возьмите с ctrl+ или alt+.
set-keys-conflict = `{ $action }`: `{ $key }` — уже клавиша `{ $other }`.
set-lock-title = Закрыто
set-lock-free = Здесь работает { $agent }. Enter откроет экран.
set-lock-locked = Здесь работает { $agent }. Экран откроет парольная фраза ключа; { $key-quit } — выход.
set-lock-trying = Проверяется фраза …
set-lock-wrong = Эта фраза не открывает ключ.

## Findings: the sentences of the checks (finding-)

finding-accounts-differ = Названные логины принадлежат разным учётным записям.
finding-account-active = Учётная запись есть и действует.
finding-account-state = Состояние учётной записи: { $state }.
finding-login-unknown = Такого логина нет ни у одной учётной записи.
finding-account-unlisted = Устройство привязано к учётной записи, которой нет ни в одном списке.
finding-no-account-at-all = Учётная запись не названа, и устройство ни к одной не привязано.
finding-no-account-claimed = Учётная запись не названа.
finding-unbound = Устройство не привязано.
finding-account-same = Названа та учётная запись, к которой привязано устройство.
finding-account-other = Устройство привязано не к той учётной записи, которая названа.
finding-no-account = Учётной записи нет.
finding-no-sign-in = Входов в учётную запись не записано.
finding-idle = Никто не входил { $days } дн. или дольше.
finding-signed-in = В учётную запись входили меньше { $days } дн. назад: владелец на месте, его можно спросить.
finding-self-sign-out = Заявитель всё ещё в учётной записи на устройстве и может выйти там сам.
finding-self-contact = Привязанный телефон или почта заявителю доступны: он может сбросить пароль сам.
finding-self-writes = Заявитель пишет с подтверждённого контакта учётной записи и может сбросить пароль сам.
finding-self-none = Сам заявитель себе помочь не может.
finding-facts-not-asked = Заявителя не спрашивали об учётной записи.
finding-facts-no-account = Нет учётной записи, с которой можно сравнить ответы.
finding-facts-wrong = Об учётной записи сказано неверно: { $keys }.
finding-facts-withheld = Об этом устройстве или учётной записи слишком часто отвечали неверно: подходят ли эти ответы, не сообщается, пока попытки не разрешены снова.
finding-facts-right = { $n ->
    [one] Об учётной записи верен { $n } ответ, неверных нет.
    [few] Об учётной записи верны { $n } ответа, неверных нет.
    [many] Об учётной записи верны { $n } ответов, неверных нет.
   *[other] Об учётной записи верны { $n } ответа, неверных нет.
}
finding-facts-few = { $n ->
    [one] Верен { $n } ответ, а нужно { $needed }.
    [few] Верны { $n } ответа, а нужно { $needed }.
    [many] Верных ответов { $n }, а нужно { $needed }.
   *[other] Верны { $n } ответа, а нужно { $needed }.
}
finding-no-device = Известного устройства нет.
finding-about-account = Просьба касается учётной записи, а не устройства.
finding-bound = Устройство привязано к учётной записи.
finding-bound-nowhere = Устройство не привязано ни к одной учётной записи: отвязывать нечего.
finding-bound-long = Привязке { $days } дн. или больше.
finding-bound-lately = Привязке меньше { $days } дн.
finding-contact-code-none = Кода, отправленного на контакт учётной записи, никто не назвал.
finding-contact-code-other = Названный код отправлен для другого запроса или другого устройства: на этот владелец не соглашался. Отправьте новый код.
finding-contact-code-burnt = Для контакта учётной записи трижды назван неверный код.
finding-contact-code-read = Назван код, отправленный на контакт учётной записи { $to }.
finding-contact-code-doubted = Код, отправленный на { $to }, назван, но { $why }.
finding-contact-gone = это больше не подтверждённый контакт учётной записи
finding-contact-new = контакт указан меньше { $days } дн. назад
finding-contact-sim-changed = SIM-карту этого номера сменили { $day }
finding-contact-in-device = этот номер видели в этом же устройстве: код мог прочесть любой, у кого оно в руках
finding-serial-alone = Устройство названо только по серийному номеру.
finding-no-identifier = Нет ни IMEI, ни серийного номера; IMEI покажет *#06#.
finding-imei-good = IMEI записан верно.
finding-imei-damaged = IMEI { $given } неверен: { $why }.
finding-imei-damaged-near = IMEI { $given } неверен: { $why }. В реестре есть отличающиеся на одну описку: { $near }. Спросите, не гадайте.
finding-device-known = Устройство есть в реестре: { $name }.
finding-device-unnamed = Ни одного читаемого номера устройства не дано.
finding-device-unknown = Такого устройства в реестре нет.
finding-no-model = Модель не названа.
finding-model-no-device = Нет известного устройства, с которым можно сравнить модель.
finding-model-unlisted = Модели этого устройства в реестре нет.
finding-model-right = Модель верна: { $model }.
finding-model-other = Названа модель { $claimed }, в реестре другая.
finding-one-identifier = Номеров меньше двух: расходиться нечему.
finding-identifiers-unknown = Ни одного из этих номеров в реестре нет.
finding-identifiers-agree = Все номера ведут к одному устройству.
finding-identifier-lost = { $source } { $name } нет ни в одном списке, а другой номер ведёт к устройству
finding-identifiers-differ = Номера ведут к разным устройствам.
finding-identifiers-apart = { $source } { $name } и { $source2 } { $name2 } — от разных устройств
finding-source-imei = названный IMEI
finding-source-serial = названный серийный номер
finding-source-receipt = номер на чеке
finding-source-box = номер на коробке
finding-notice-nothing = Устройство неизвестно, и извещений на названные номера нет.
finding-notice-confirmed = { $on } в списке как { $kind }, подтверждено: сообщено { $day }{ $by }.
finding-notice-pending = { $on } в списке как { $kind }, ещё не подтверждено: сообщено { $day }{ $by }.
finding-notice-cooling = { $on } в списке как { $kind }, снято совсем недавно: сообщено { $day }{ $by }.
finding-notice-by = , источник { $source }
finding-notice-none = Открытых извещений о потере, краже, блокировке, мошенничестве или кредите нет.
finding-lost-mode-unbound = Устройство не привязано: включить режим пропажи было некому.
finding-lost-mode-set = Владелец включил режим пропажи { $day }.
finding-lost-mode-none = Режим пропажи владелец не включал.
finding-no-sightings = Ни одна сеть не сообщала о SIM-карте в этом устройстве.
finding-sims-many = Под этим IMEI за { $days } дн. видели разных SIM-карт: { $n }. IMEI могли скопировать: устройство должен осмотреть человек.
finding-sims-few = { $n ->
    [one] За последние { $days } дн. в устройстве видели { $n } SIM-карту.
    [few] За последние { $days } дн. в устройстве видели { $n } SIM-карты.
    [many] За последние { $days } дн. в устройстве видели { $n } SIM-карт.
   *[other] За последние { $days } дн. в устройстве видели { $n } SIM-карты.
}
finding-no-box = Коробку не показали.
finding-box-no-picture = Файл коробки не открывается как снимок; нужен PNG или JPEG.
finding-box-typed = Снимка коробки нет; набранные цифры — лишь слова заявителя.
finding-box-unread = Со снимка коробки не набраны и не считаны ни IMEI, ни серийный номер.
finding-box-other = На коробке { $name }: это другое устройство.
finding-box-this = На коробке { $name }: это то самое устройство.
finding-box-unlisted = На коробке { $name }: такого нет ни в одном списке.
finding-box-none = Снимка коробки нет.
finding-box-used = Этот снимок уже был у другого устройства или другого человека: { $tickets }{ $alike }.
finding-box-alike = {" "}(похожий: различаются { $bits } бит из 64)
finding-box-fresh = Ни в одном другом заявлении этого снимка нет.
finding-barcode-this = Штрихкод на снимке коробки: { $name }. Это то самое устройство.
finding-barcode-typed = Штрихкод на снимке коробки: { $says }, а набрано { $typed }.
finding-barcode-other = Штрихкод на снимке коробки: { $says }. Это не то устройство.
finding-barcode-unconfirmed = Штрихкод на снимке коробки: { $says }; он не подтверждён, и устройство неизвестно.
finding-box-doubt = Штрихкоды на нём прочесть с уверенностью не удалось: { $why }.
finding-box-silent = Ни одного штрихкода на нём прочесть не удалось.
finding-doubt-two = один штрихкод прочитан по-разному
finding-doubt-many = на снимке IMEI не одной коробки
finding-doubt-unchecked = у IMEI на нём не сходится контрольная цифра или сумма
finding-doubt-late = на это ушло слишком много времени
finding-doubt-broken = декодер не справился
finding-rate-no-contact = Заявитель не дал контакта, по которому нашлись бы другие заявления.
finding-rate-over = За { $days } дн. заявитель просит о разных устройствах: { $n }, больше чем { $most }. См. { $tickets }.
finding-rate = { $n ->
    [one] За { $days } дн. заявитель просит о { $n } устройстве.
    [few] За { $days } дн. заявитель просит о { $n } устройствах.
    [many] За { $days } дн. заявитель просит о { $n } устройствах.
   *[other] За { $days } дн. заявитель просит о { $n } устройствах.
}
finding-neither-known = Ни устройство, ни учётная запись неизвестны.
finding-rival-none = Больше никто об этом не просит.
finding-rival = О том же просит кто-то ещё: { $tickets }.
finding-twin-none = Других открытых заявок об этом у заявителя нет.
finding-twin = О том же этот заявитель просит и здесь: { $tickets }. Объедините.
finding-tries-over = Слишком много неверных ответов об этом устройстве или учётной записи; новые попытки — не раньше { $until }.
finding-tries = Неверных ответов об этом устройстве и учётной записи не слишком много.
finding-no-receipt = Чека нет.
finding-receipt-no-number = не указан номер
finding-receipt-number-damaged = номер не прочесть: { $why }
finding-receipt-no-retailer = не указан магазин
finding-receipt-retailer-damaged = магазин не прочесть: { $why }
finding-receipt-no-date = не указана дата
finding-receipt-date-damaged = дату { $given } не прочесть: { $why }
finding-receipt-date-future = дата { $day } ещё не наступила
finding-receipt-both = { $all }; { $next }
finding-receipt-good = Номер, магазин и дата чека читаются.
finding-receipt-incomplete = Чек неполон: { $wrong }.
finding-receipt-unasked = Без номера и магазина чек не найти.
finding-receipt-known = Этот чек есть в данных магазина.
finding-receipt-unknown = Магазин передаёт нам свои продажи, и такого номера среди них нет.
finding-receipt-no-feed = Этот магазин не передаёт нам своих продаж.
finding-receipt-no-device = Нет известного устройства, которое мог бы назвать чек.
finding-receipt-no-sale = Нет записи о продаже, с которой можно сравнить.
finding-receipt-this = В продаже по этому чеку указано это устройство.
finding-receipt-other = В продаже по этому чеку указано другое устройство.
finding-receipt-nameless = В продаже по этому чеку устройство не указано.
finding-receipt-date-unread = Дату чека не прочесть.
finding-receipt-before-made = Чек от { $given }: устройство тогда ещё не было выпущено.
finding-receipt-before-type = Чек от { $given }: код типа этому устройству тогда ещё не был присвоен.
finding-receipt-date-no-sale = Нет записи о продаже, с которой можно сравнить дату.
finding-receipt-date-other = Чек назван от { $given }; это не день продажи.
finding-receipt-in-use = Чек от { $given }: устройством к тому времени уже пользовались.
finding-receipt-date-good = Дата совпадает с продажей и согласуется с жизнью устройства.
finding-receipt-fresh = Ни в одном другом заявлении этого чека нет.
finding-receipt-used = Этот чек уже был: для другого устройства или у другого человека: { $tickets }.
finding-receipt-alike = Его снимок похож на другой: { $tickets } (различаются { $bits } бит из 64); чеки одного магазина бывают похожи, сравните их.
finding-no-sim = SIM-карта не названа.
finding-sim-number-damaged = Номер телефона неверен: { $why }.
finding-sim-card-damaged = ICCID неверен: { $why }.
finding-sim-good = Номер телефона и номер SIM-карты записаны верно.
finding-sim-none-lately = За { $days } дн. до заявления ни одна сеть не сообщала о SIM-карте в этом устройстве.
finding-sim-seen = SIM-карту видели в устройстве { $days } дн. или дольше, в последний раз { $last }.
finding-sim-short = SIM-карта была в устройстве меньше { $days } дн., в последний раз { $last }.
finding-sim-replaced = Последний раз SIM-карту видели в устройстве { $last }; после неё — другие.
finding-sim-never = В этом устройстве видели другие SIM-карты, эту — ни разу.
finding-sim-ageless = Ни одного номера с этой SIM-картой не видели: её возраст неизвестен.
finding-sim-changed = SIM-карту номера { $number } сменили { $changed }, менее { $hours } ч назад.
finding-sim-unmonitored = Ни замены SIM-карты номера { $number }, ни настолько давних появлений не записано: за время наблюдений ничего.
finding-sim-other-card = { $number } видели с другой SIM-картой { $day }, позже, чем с этой.
finding-sim-old = SIM-карту номера { $number } не меняли { $hours } ч или дольше.
finding-sim-unasked = Эту SIM-карту не найти.
finding-sim-held = Назван код, отправленный на { $number }.
finding-sim-held-on = Код, отправленный на { $number }, назван { $day }.
finding-sim-burnt = Для этого номера трижды назван неверный код.
finding-sim-no-code = Кода, отправленного на этот номер, никто не назвал.
finding-ticket = заявка { $n }
finding-tickets-list = { $all }, { $next }
finding-tickets-end = { $all } и { $last }
finding-tickets-more = ещё { $n }

## Damaged values: why something cannot be read (damage-)

damage-imei-empty = IMEI не дан; на телефоне его показывает *#06#
damage-imei-length = в IMEI 15 цифр (14 без контрольной, 16 с версией ПО); здесь { $digits }
damage-check-digit = контрольная цифра не сходится: последней должна быть { $expected }; одна цифра неверна или две переставлены
damage-imei-letters = в IMEI только цифры; здесь есть буква «{ $letter }»
damage-imei-star = «*» и «#» не входят в IMEI; *#06# — код, который его показывает
damage-imei-spreadsheet = таблица превратила IMEI в число, и цифры потеряны; задайте столбцу текстовый формат и скопируйте заново
damage-imei-zero = одни нули: это заглушка, а не устройство
damage-imei-repeated = повторена одна цифра ({ $digit }): это заглушка, а не устройство
damage-imei-counting = цифры идут по порядку: это заглушка, а не устройство
damage-imei-test = код типа на 00 — тестовый диапазон: таких устройств не продают
damage-foreign-digits = цифры бывают от 0 до 9; { $character } — цифра другой письменности
damage-imei-apostrophe = апостроф в начале поставила таблица, это не часть IMEI; уберите его
damage-imei-two = два IMEI в одном поле; у телефона на две SIM-карты их два, для них есть imei и imei2
damage-imei-meid = это MEID (CDMA), а не IMEI; такой телефон ищут по серийному номеру
damage-imei-character = в IMEI только цифры; здесь есть { $character }
damage-serial-empty = серийный номер не дан
damage-serial-long = слишком длинно для серийного номера: знаков { $characters }, а бывает не больше 64
damage-serial-placeholder = это заглушка, а не серийный номер
damage-serial-letter = «{ $character }» ({ $code }) — не латинская буква; наберите серийный номер, как он напечатан на устройстве
damage-serial-character = в серийном номере не бывает { $character }
damage-iccid-empty = номер SIM-карты не дан
damage-iccid-length = в номере SIM-карты 19 или 20 цифр; здесь { $digits }
damage-iccid-no-check-digit = в номере SIM-карты 19 или 20 цифр; здесь 18: нет последней, контрольной
damage-iccid-printed = это лишь 13 цифр, какие печатают на некоторых картах; в полном номере их 19 или 20, и начинается он с 89
damage-iccid-prefix = номер SIM-карты начинается с 89
damage-iccid-letters = в номере SIM-карты только цифры; здесь есть буква «{ $letter }»
damage-iccid-character = в номере SIM-карты только цифры; здесь есть { $character }
damage-number-spreadsheet = таблица округлила этот номер, и цифры потеряны; задайте столбцу текстовый формат
damage-phone-empty = номер телефона не дан
damage-phone-letters = в номере телефона только цифры; здесь есть буква «{ $letter }»
damage-phone-plus = «+» бывает только в начале номера телефона; может быть, это два номера?
damage-phone-extension = на номер с добавочным код не послать; дайте номер без добавочного
damage-phone-short = слишком коротко для номера телефона: цифр всего { $digits }
damage-phone-long = слишком длинно для номера телефона: цифр { $digits }, а с кодом страны бывает не больше 15
damage-phone-zero = код страны не начинается с 0; пишите + и код страны, например +7
damage-phone-region = это номер не страны { $region }; пишите + и код страны, например +7
damage-phone-character = в номере телефона только цифры; здесь есть { $character }
damage-email-empty = адрес почты не дан
damage-email-no-at = в адресе почты есть @; здесь её нет
damage-email-ats = в адресе почты одна @; может быть, это два адреса?
damage-email-no-local = перед @ ничего нет
damage-email-domain = после @ должно стоять имя домена с точкой и буквами, например example.com
damage-email-long = слишком длинно для адреса почты: не больше 254 байт, из них до @ — не больше 64
damage-email-space = в адресе почты нет пробелов
damage-email-hidden = в адресе почты стоит невидимый знак { $character }
damage-email-look-alike = в одном слове буквы двух алфавитов: { $character } похожа на латинскую
damage-email-character = в адресе почты не бывает знака { $character }
damage-account-empty = номер учётной записи не дан
damage-account-long = слишком длинно для номера учётной записи: знаков { $characters }, а бывает не больше 64
damage-account-hidden = в номере учётной записи стоит невидимый знак { $character }
damage-receipt-empty = читать здесь нечего; перепишите с чека
damage-receipt-long = слишком длинно: знаков { $characters }, а можно не больше 128
damage-receipt-hidden = внутри стоит невидимый знак { $character }; наберите, как напечатано
damage-date-empty = дата не дана; пишите ГГГГ-ММ-ДД, например 2026-11-20
damage-date-order = день и месяц тут не различить; пишите ГГГГ-ММ-ДД, например 2026-11-20
damage-date-foreign-digits = цифры бывают от 0 до 9, других письменностей — нельзя; пишите ГГГГ-ММ-ДД
damage-date-form = это не дата; пишите ГГГГ-ММ-ДД или ГГГГММДД, например 2026-11-20
damage-date-no-such-day = такого дня нет: { $year } год, месяц { $month }, день { $day }
damage-date-year = год { $year } — не между 1900 и 2199
damage-time-form = это не время; пишите 2026-11-20T09:00:00Z или 2026-11-20T12:00:00+03:00
damage-time-no-such = такого времени нет: часы бывают до 23, минуты и секунды — до 59
damage-time-no-offset = у времени нет пояса; добавьте Z (UTC) или сдвиг, например +03:00
damage-tac-empty = код типа не дан
damage-tac-lost-zero = в коде типа (TAC) 8 цифр; здесь 7: таблица выбросила ноль в начале
damage-tac-length = в коде типа (TAC) 8 цифр; здесь { $digits }
damage-tac-character = в коде типа (TAC) только цифры от 0 до 9
damage-imsi-empty = IMSI не дан
damage-imsi-length = в IMSI от 6 до 15 цифр; здесь { $digits }
damage-imsi-zero = одни нули: это заглушка, а не абонент
damage-imsi-character = в IMSI только цифры; здесь есть { $character }
damage-word = `{ $given }` — не из слов { $allowed }

## Guidance: what the agent reads to the customer (guide-)

guide-sign-out = Выйдите из учётной записи на самом устройстве: «Настройки», «Учётная запись», «Выйти». Так оно отвяжется.
guide-reset-password = Смените пароль по коду, который придёт на ваш привязанный телефон или почту, и выйдите из учётной записи на устройстве.
guide-not-bound = Устройство не привязано ни к какой учётной записи: включите его, подключите к сети и настройте как новое.
guide-blocked = Устройство уже заблокировано. Сохраните номер заявления для полиции.
guide-activation = Запросите новое письмо для активации на странице входа; ссылка в нём действует 24 часа. В учётной записи, которую не активировали, восстанавливать нечего: можно и зарегистрироваться заново.
guide-login-shown = Войдите с показанным логином и смените пароль по коду, который на него придёт.
guide-unbind-first = Сначала отвяжите все устройства: телефоны, планшеты, браслеты и телевизоры. Устройство, оставшееся привязанным, перестанет работать, и привязать его снова будет нельзя.
guide-delete = Затем удалите учётную запись сами: «Настройки», «Учётная запись», «Удалить». Вернуть её не сможет никто.

## Failures: what could not be done, why, and what to do next (fail-, hint-, io-, at-, fell-, do-, store-)

fail-no-desk = В папке { $folder } нет бюро.
hint-no-desk = Его создаёт `latchkey init`; другую папку называет --desk или LATCHKEY_DESK.
hint-open-readonly = Откройте его с --readonly.
hint-newer-unread = То, о чём спросили, хранится так, как эта программа не знает. Ничего не изменено.
fail-desk-incomplete = В бюро нет `{ $name }`: его создание не было закончено.
fail-readonly = Бюро открыто только для чтения; менять ничего нельзя.
hint-without-readonly = Запустите без --readonly.
fail-two-meanings = { $id } — номер одной заявки и обозначение другой.
hint-two-meanings = `#{ $id }` — заявка с этим номером, `#{ $other }` — с этим обозначением.
fail-no-ticket = Заявки { $name } нет.
hint-tickets = Их список даёт `latchkey tickets`; заявку называют номером или обозначением.
hint-did-you-mean = Может быть, { $names }?
fail-policy-invalid = Правила неверны: { $why }.
hint-policy-check = `latchkey policy check ФАЙЛ` проверяет файл, прежде чем положить его сюда.
hint-policy-show = Верные печатает `latchkey policy show`.
fail-policy-unread = Правила не читаются: { $why }.
fail-config-invalid = Настройки неверны: { $why }.
hint-config-template = Верные печатает `latchkey config template`.
fail-fault = Ошибка самой программы: `{ $why }`
fail-random = система не дала случайных чисел: `{ $why }`
sign-long = подписанный документ занял бы { $bytes } байт; проверяющие принимают { $limit }
sign-json = содержимое не записать как JSON: `{ $why }`
sign-other = документ от имени «{ $by }», а ключ принадлежит «{ $key }»
sign-refused = не подписано, потому что этого не принял бы ни один проверяющий: { $why }
leaf-long = запись журнала заняла бы { $bytes } байт; помещается { $most }
leaf-key = ключ «{ $key }» записи журнала не прост или дан дважды
leaf-time = время { $time } нельзя записать в журнал
leaf-head = сохранённая вершина журнала повреждена: { $bytes } байт не подходят к числу записей { $size }
fail-config-unread = Настройки не читаются: { $why }.
io-not-found = такого файла или папки нет
io-denied = нет прав
io-exists = файл уже есть
io-full = на диске нет места
io-folder = это папка
io-no-folder = это не папка
io-readonly = диск открыт только для чтения
io-disk = диск не читается или не пишется (ошибка ввода-вывода)
io-device = такого устройства нет
io-open-files = открыто слишком много файлов
io-links = слишком длинная цепочка символических ссылок
io-quota = превышена квота на диске
io-large = файл слишком велик
io-not-empty = папка не пуста
io-name = слишком длинное имя файла
io-busy = занято другой программой
io-again = сейчас недоступно; повторите
io-devices = файлы лежат на разных дисках
io-links-many = слишком много ссылок на файл
io-stale = файл на сетевом диске пропал
io-seek = это не обычный файл
io-time = время ожидания вышло
io-interrupted = прервано
io-short = файл кончился раньше, чем должен
io-write = ничего не удалось записать
io-data = содержимое не в том виде, какой нужен
io-input = система не принимает такого имени или значения
io-pipe = другая программа перестала читать
io-memory = не хватает памяти
io-unsupported = система этого не умеет
io-arguments = слишком длинный список аргументов
io-refused = в соединении отказано
io-cut = соединение оборвалось
io-unreachable = узел недоступен
io-address = сетевой адрес занят или недоступен
io-other = ответ системы: `{ $why }`
fail-no-contact = У учётной записи нет контакта, которому можно сообщить о выдаче.
hint-no-contact = Направьте клиента в сервисный центр, где устройство осмотрит человек.
fail-ends-in-guidance = По такой просьбе ({ $request }) ничего не выдают: она кончается подсказкой.
hint-decide-guide = `latchkey decide { $id } guide`
fail-never = Решение «{ $word }» по заявке { $id } невозможно: { $what }, и поступить вопреки этому не вправе никто.
fail-never-investigate = её нужно расследовать
fail-never-notice = на устройстве подтверждённое извещение
fail-never-lost-mode = владелец включил режим пропажи
fail-never-objected = владелец возразил
fail-more = Рекомендация — «{ $best }»{ $because }; «{ $word }» отдаёт больше.
fail-because = { " " }({ $names })
hint-override = Для решения вопреки нужны --override, --reason ТЕКСТ и второй человек.
fail-differs = Рекомендация — «{ $best }»{ $because }; для решения «{ $word }» нужна причина.
hint-reason = --reason ТЕКСТ
fail-nothing-to-grant = Реестр не знает ничего, на что можно дать разрешение.
hint-nothing-to-grant = Спросите номер, который ведёт к устройству или учётной записи.
fail-no-dispatch = Это бюро не умеет посылать сообщения: { $kind }.
hint-no-dispatch = Задайте [dispatch] в config.toml; образец даёт `latchkey config template`.
fail-no-number = В заявке нет номера телефона, на который можно послать код.
hint-no-number = Сначала добавьте SIM: `latchkey evidence add ЗАЯВКА sim sim_msisdn=+7…`.
fail-no-owner = Неизвестна учётная запись, владельца которой можно спросить.
hint-no-owner = Впишите учётную запись или устройство, которое к ней привязано.
fail-no-such-contact = У учётной записи нет такого подтверждённого контакта.
hint-no-verified-contact = Владельца не спросить; нужны другие доказательства.
hint-it-has = Есть { $names }.
fail-no-code = По заявке { $id } код не посылали ({ $channel }).
hint-send-code = Его посылает `latchkey code send { $id } { $channel }`.
hint-new-code = Новый посылает `latchkey code send { $id } { $channel }`.
fail-code-used = Этот код уже назвали.
fail-code-burnt = Трижды назвали неверный код; этот код сгорел.
fail-code-old = Срок кода истёк { $at }.
fail-six-digits = В коде шесть цифр; попытка не засчитана.
hint-tries = Подождите до этого времени; считаются все заявки и все сотрудники.
fail-emptied = Заявка { $id } очищена: сведений о людях в ней больше нет.
hint-emptied = Вернуть их нельзя; новый случай — это новая заявка.
fail-closed = Заявка { $id } закрыта.
hint-reopen = Снова её открывает `latchkey reopen { $id }`.
fail-out = Разрешение по заявке { $id } уже выдано.
hint-out = Сначала отзовите его или закройте заявку.
fail-dispatch = Код не удалось послать: { $why }.
hint-dispatch = Проверьте [dispatch] в config.toml и пошлите новый код.
fail-fell = Решение по заявке { $id } больше не действует: { $why }. Оно отменено, заявка снова открыта.
hint-fell = Что с ней сейчас, говорит `latchkey show { $id }`.
fell-evidence = подтверждения уже не те
fell-checks = проверки теперь говорят «{ $word }» ({ $names })
fell-decided-again = принято новое решение
fell-revoked = разрешение отозвали
fell-lost = подтверждено, что устройство утеряно
fell-objected = владелец возразил
fell-reopened = заявку открыли снова
fell-sent-back = утверждающий вернул его
fell-edited = подтверждения потом изменили
fail-tampered = Решение по заявке { $id } — не то, что подписано: { $why }.
fail-tampered-row = в записи стоит не то, что под подписью
hint-tampered = Кто-то правил файл бюро. Запустите `latchkey audit verify`.
fail-lists = Списки — не то, что подписал их хранитель: { $why }. По ним ничего не выдаётся.
hint-lists = Скажите хранителю: кто-то писал в `registry.db` или подменил файл. Первый участок назовёт `latchkey audit verify`. Потом загрузите все списки в пустой файл или подпишите то, что есть: `latchkey registry seal`.
lists-unsigned = их корень не подписал ни один хранитель этого бюро
lists-older = они старше тех, которые журнал принял последними
lists-gone = журнал принял списки, а их нет
lists-missing = нет списков, которые были: { $names }
seal-rows = строки таблицы { $table } с ключами от { $from } до { $to } изменены, добавлены или убраны
seal-folded = строка таблицы { $table } с ключом { $from } говорит о других привязках или появлениях, чем есть
seal-root = печати ({ $table }), состояние списков или вид таблиц
fail-waits-not = Заявка { $id } второго «да» не ждёт: она { $state }.
fail-own-work = { $who } — участник заявки { $id }; второе «да» должен сказать другой.
hint-own-work = На неё должен взглянуть другой утверждающий.
fail-saw-box = Дело держится на снимке коробки, с которого не прочёлся штрихкод.
hint-saw-box = Откройте снимок, прочтите номер на нём и утвердите с --saw-number.
fail-no-grant = По этой просьбе ничего не выдают.
fail-objected-already = Возражение владельца по заявке { $id } уже записано.
fail-not-clearable = Проверку { $check } снять нельзя.
hint-clearable = Снимают только { $names }.
fail-clear-reason = Чтобы снять проверку, нужна причина: пара, парк компании, чужая опечатка.
fail-clear-own = { $who } — участник заявки { $id }; снять проверку должен другой.
fail-has-cleared = { $who } снимает проверку { $check } заявки { $id }: тот, кто снял проверку, над заявкой не работает.
hint-has-cleared = Пусть работает кто-то другой.
fail-cleared-by-hand = Проверку { $check } заявки { $id } снимает { $who } — участник заявки: такое снятие не считается.
hint-clear-again = Пусть посмотрит другой утверждающий: latchkey clear { $id } { $check } --against { $other } --reason …
fail-clear-against = У заявки { $id } проверка { $check } не спорит с заявкой { $other }.
hint-clear-against = С какими спорит, говорит `latchkey show { $id }`.
fail-evidence-column = У подтверждения вида «{ $kind }» нет поля `{ $column }`.
hint-evidence-code = Для этого есть `code send` и `code confirm`.
fail-evidence-code = Код не вносят как подтверждение.
fail-evidence-empty = В подтверждении ничего нет.
hint-evidence-empty = Дайте файл или что-нибудь из { $names }.
fail-no-evidence = В заявке { $id } нет подтверждения { $item }.
hint-show-lists = Список даёт `latchkey show { $id }`.
fail-note-empty = Заметка пуста.
fail-note-long = Заметка длиннее 64 КиБ.
hint-note-long = Приложите её как документ.
fail-file-name = Имя файла не читается.
hint-file-name = Дайте ему простое имя.
fail-steal-reason = Чтобы перенять заявку, нужна причина.
hint-steal-reason = --steal --reason ТЕКСТ
fail-held-by = Заявка { $id } у { $who } до { $until }.
hint-held-by = Подождите, или `latchkey take { $id } --steal --reason ТЕКСТ`.
fail-no-agent = Ключа сотрудника здесь нет.
hint-no-agent = Назовите себя: --agent ИМЯ.
fail-many-agents = Здесь работают несколько человек: { $names }.
hint-many-agents = Назовите себя: --agent ИМЯ или LATCHKEY_AGENT.
fail-nobody = Никто по имени { $name } в этом бюро не работает.
hint-people = Здесь работают { $names }.
fail-disabled = { $name } в этом бюро больше не работает и не может { $what }.
fail-disabled-since = { $name } в этом бюро не работает с { $at } и не может { $what }.
fail-key-time = Ключ { $name } сейчас не действует, поэтому { $name } не может { $what }.
fail-role = { $name } здесь { $roles }; { $what } может только { $needed }.
fail-other-key = В файле ключа { $name } не тот ключ, который подписан корневым.
hint-other-key = Верните нужный файл, или пусть хранитель подпишет новый ключ.
fail-root-unread = Открытый корневой ключ не читается: { $why }.
hint-root-unread = Без него нельзя верить ничьей роли; верните на место root.pub.pem этого бюро.
fail-root-damaged = Открытый корневой ключ повреждён: { $why }.
fail-no-keyset = В бюро нет набора ключей: его создание не было закончено.
hint-no-keyset = Создайте бюро заново: `latchkey init`.
fail-keyset = Набор ключей в бюро подписан не корневым ключом: { $why }.
hint-keyset = Кто-то менял роли или ключи помимо Latchkey. Верните копию и прочтите журнал.
fail-keyset-taken = Набор ключей принять нельзя: { $why }.
keyset-other-desk = он другого бюро
keyset-unlogged = журнал о нём ничего не знает
keyset-older = журнал принял версию { $logged }, а новейшая здесь — версия { $version }
keyset-twice = журнал принял одну версию дважды или более старую
keyset-told-otherwise = его запись говорит о другом изменении
keyset-ahead = он подписан в будущем
keyset-stale = он подписан более { $days } дн. назад
fail-people-leaf = Запись { $leaf } о том, кто что вправе делать, изменили.
fail-people-changed = Роли или ключи только что изменились. Ничего не сделано; попробуйте ещё раз.
fail-beyond = Принять это нельзя: люди и ключи здесь другие, чем в журнале или чем их видели раньше.
fail-approver-new = { $name } как утверждающий новый человек или с новым ключом и утверждает с { $from }; до этого нельзя { $what }.
hint-approver-new = `approve_after_hours` в policy.toml задаёт, сколько ждёт новый утверждающий.
fail-login-wait = Слишком много неверных паролей к ключу сотрудника { $name }: до { $until } не пробуется ни один.
hint-list-landed = Сам список уже загружен. Запись о нём в журнале и заявки, которых он касается, обновит следующая команда.
hint-erasing-owed = Заявки очищены безвозвратно. Остаток, файлы и старые страницы базы, уберёт `latchkey doctor --fix`.
hint-login-wait = Каждая попытка есть в журнале. Кто забыл пароль, получает новый ключ: `latchkey agents rotate`.
fail-approval-early = { $who } утвердил это раньше { $from }, с какого времени вправе утверждать
fail-no-device = Реестр не знает устройства, на которое можно поставить извещение.
fail-no-notice = У заявки { $id } нет открытого извещения.
hint-no-notice = Его ставит решённое заявление о пропаже: `latchkey decide { $id } approve`.
fail-notice-own = { $who } — участник заявки { $id }; извещение должен подтвердить другой.
fail-notice-raised = Извещение поставили вы ({ $who }); подтверждает его другой.
fail-notice-proofs = Извещение снимают, только когда доказательств заявителя достаточно.
hint-missing = Чего не хватает, говорит `latchkey show { $id }`.
fail-clear-second = Снять то, о чём попросили вы, должен другой.
fail-clear-approver = Вторым извещение снимает утверждающий.
fail-lists-missing = Журнал принял списки, которых здесь нет: { $lists }. Без них окончательно ничего не решают.
hint-lists-missing = Загрузите их снова; что есть, покажет `latchkey registry status`. Вместо списка, которого больше не присылают, загрузите файл с одним заголовком.
fail-nothing-bound = Отвязывать нечего: в списках нет привязки { $sub } к этому аккаунту. Разрешение не потрачено.
hint-nothing-bound = Загрузите свежие привязки и повторите; если владелец отвязал устройство сам, отзовите ненужное: `latchkey revoke { $jti }`.
fail-redeem-blocked = Сейчас разрешение не погасить. { $why }
hint-redeem-blocked = Когда извещение снимут, его можно будет погасить, если срок не выйдет; `latchkey revoke` его отзывает.
fail-spent-used = Разрешение { $jti } погашено { $at }.
fail-spent-revoked = Разрешение { $jti } отозвано { $at }: { $why }.
fail-no-reason-kept = причина не записана
fail-spent = Разрешение { $jti } изменить нельзя.
fail-not-ours = Это бюро не выдавало разрешения { $jti }.
hint-authorizations = Их список даёт `latchkey authorizations`.
fail-token = Токен не принят по правилу `{ $rule }`: { $why }.
fail-other-token = Под этим номером выдан другой токен.
fail-spoken-off = Правила не разрешают диктовать коды сервисным центрам.
hint-spoken-off = `codes = true` в разделе `[spoken]` файла policy.toml разрешает это; что это значит, сказано в docs/service-centres.md.
fail-spoken-op = Сервисному центру можно сказать лишь то, что делается с устройством; это разрешение — для учётной записи.
fail-spoken-challenge = Это разрешение отвечает на запрос самого устройства, продиктованный код его не передаст: отдайте сам токен.
fail-spoken-audience = Разрешение выдано для { $aud }, а не для { $centre }.
fail-spoken-device = Запрос создан в центре { $centre } для другого устройства или создан в другом центре.
hint-spoken-device = Спросите, какой IMEI там набрали и как называется центр.
fail-spoken-elsewhere = Код по этому разрешению продиктован центру { $centre } в { $at }; другому центру его больше нельзя назвать.
fail-spoken-often = По этому разрешению уже отвечено на столько запросов: { $n }.
hint-spoken-often = Если центр всё ещё ждёт, отзовите разрешение, примите решение и выдайте его заново.
fail-slip = Набран не код: { $why }.
hint-slip = Попросите продиктовать ещё раз.
fail-none-issued = По заявке { $id } разрешение не выдано.
fail-nothing-spoken = По заявке { $id } код не диктовали.
fail-not-accepted = Ни один центр не принял код по заявке { $id } и не назвал этого в ответ.
hint-not-accepted = Что назвать в ответ, в центре скажет `latchkey centre list`.
hint-accepted-logged = То, что центр принял код, записано в журнале; в самом бюро ничего не изменилось.
fail-no-centre = Сервисного центра { $name } нет.
hint-no-centre = `latchkey centres list` покажет их; заводит центры хранитель.
fail-centre-ended = Сервисный центр { $name } закрыт.
fail-centre-tampered = Запись о сервисном центре { $name } — не та, что подписал хранитель.
fail-centre-unshared = Секрет сервисного центра { $name } не зашифрован для вашего ключа.
hint-centre-unshared = Хранитель выполняет `latchkey centres share { $name }`.
fail-revoke-reason = Чтобы отозвать, нужна причина.
fail-merge-itself = Заявку нельзя объединить с ней самой.
fail-no-twins = Заявки { $into } и { $from } — не двойники.
hint-no-twins = Объединяют открытые заявки одного заявителя на одно устройство или учётную запись.
fail-merge-state = Заявка { $id } уже { $state }; объединяют до решения.
fail-back-reason = Чтобы вернуть решение, нужна причина.
fail-back-none = Заявка { $id } { $state }; решения, которое можно вернуть, в ней нет.
fail-back-own = Заявку { $id } решали вы ({ $who }); вернуть своё решение нельзя.
hint-back-own = Примите новое решение.
fail-audience = Сервисный центр — это имя длиной от 1 до 128 байт.
fail-challenge = Вызов — от 8 до 128 шестнадцатеричных цифр, как их показывает устройство.
fail-no-decision = В заявке { $id } нет решения, по которому можно что-то выдать.
hint-no-decision = Сначала `latchkey decide { $id } approve`.
fail-waits-second = Заявка { $id } ждёт второго «да».
hint-waits-second = Его даёт утверждающий: `latchkey --agent ИМЯ approve { $id }`.
fail-not-approved = Заявка { $id } { $state }; разрешение выдают только по утверждённой.
fail-guidance = По этой просьбе ничего не выдают: она кончается подсказкой.
fail-other-subject = Заявку { $id } решали для { $was }, а не для { $is }.
hint-decide-again = Решите её заново.
fail-needs-second = По заявке { $id } нужно подписанное второе «да», а его нет.
fail-own-approval = Утверждали вы ({ $who }); токен выдаёт другой.
fail-approval = Утверждение ({ $who }) по заявке { $id } недействительно: { $why }.
fail-approval-other = подписано для другого
fail-approval-role = { $who } — не утверждающий
fail-approval-own = { $who } — участник заявки
hint-not-told = Почему, скажет `latchkey outbox list --ticket { $id }`.
fail-code-waits = Код пока не удалось послать: { $why }.
hint-code-waits = Он остаётся в исходящих и будет послан снова; сразу это делает `latchkey outbox retry { $message }`.
fail-no-message = В исходящих нет сообщения { $id }.
hint-no-message = Их перечисляет `latchkey outbox list`.
fail-drop-reason = Чтобы снять сообщение, нужна причина.
fail-message-stale = Сообщение { $id } больше ничего не стоит: его код истёк.
hint-message-stale = Новый код посылает `latchkey code send { $ticket }`.
fail-message-sent = Сообщение { $id } отправлено { $at }; вернуть его нельзя.
fail-message-carried = Сообщение { $id } отправляется в эту минуту.
hint-message-carried = Посмотрите ещё раз через минуту.
fail-message-over = Сообщение { $id } снято { $at }: { $why }.
fail-folder-unread = Не видно, что лежит в этой папке: { $why }.
fail-letters-unread = Письма не прочесть: { $why }.
fail-letters-name = файл писем называется по языку, например `ru.ftl`
fail-letters-long = в нём байт: { $size }, а читается не больше { $most }
fail-letters-invalid = В письмах ошибка: { $why }.
hint-folder-unread = Папка принадлежит тому, чьё это бюро, и читается им; уберите то, что стоит на её месте.
hint-letters-check = Файл до установки проверяет `latchkey letters check FILE`.
fail-reply-nobody = В заявке { $id } нет ни адреса, ни номера, куда можно ответить.
fail-reply-length = В ответе должен быть текст, не длиннее { $most } КиБ.
fail-reply-moved = С тех пор как написан ответ, в заявке { $id } кое-что изменилось: теперь он говорил бы другое.
hint-reply-moved = Закройте этот текст и откройте ответ заново; набранное сохранится.
fail-reply-again = Этот самый ответ по заявке { $id } уже поставлен в очередь.
hint-reply-again = Что с ним стало, скажет `latchkey outbox list --ticket { $id }`.
fail-letters-none = Писем на языке `{ $language }` нет.
fail-courier-key = Курьер ничего не подписывает.
fail-not-told = Ни одно сообщение владельцу ещё не ушло, и выдержка ещё не началась.
fail-cooling = Владелец может возразить до { $end }; раньше ничего не выдаётся.
hint-cooling = Выдайте после этого. Второй человек может утвердить и сейчас.
fail-no-operation = В решении не названо действие.
fail-closed-as = Заявку закрывают так: { $names }.
fail-not-closed = Заявка { $id } { $state }; открывать её снова не нужно.
fail-merged = Заявка { $id } вошла в заявку { $into }.
hint-merged = Работайте с заявкой { $into }.
fail-redeemed = Разрешение по заявке { $id } погашено; этого не отменить.
hint-redeemed = Новая просьба — новая заявка.
fail-is = Заявка { $id } { $state }.
fail-checkpoint = Это контрольная точка не этого бюро: { $why }.
fail-owe-lookup = Пока вносится файл, не удаётся записать то, что журнал должен знать об этом поиске, поэтому ничего не показано: { $why }.
fail-verify-stopped = Проверка остановлена; о журнале ничего не известно.
fail-log-stopped = Чтение журнала остановлено.
fail-log-broken = Журнал нарушен: { $why }. Ничего не подписано.
hint-log-broken = Первую неверную запись называет `latchkey audit verify`.
head-subject = Контрольная точка { $origin }: { $size } записей
fail-no-leaf = В журнале ничего нет о «{ $name }».
fail-leaf-beyond = В журнале нет записи { $leaf }: записей { $size }, счёт с 0.
fail-since = В журнале всего { $size } записей: от { $old } ничего не ведёт. Если кто-то видел { $old }, журнал укоротили.
fail-fork = Две контрольные точки не показывают раздвоения: { $why }.
fail-fork-leaves = Сами по себе две контрольные точки разного размера ничего не показывают: нужны записи более длинного журнала.
fail-fork-other = Имеющиеся записи не ведут к более длинной контрольной точке и ничего о ней не показывают.
hint-fork-leaves = Укажите папку с его файлами: --tiles DIR.
fail-tiles-strange = Контрольная точка в папке — не этого бюро: { $why }. Ничего не записано.
fail-tiles-fork = В папке журнал из { $size } записей, который этот журнал не продолжает. Ничего не записано.
hint-tiles-fork = Бюро откатили назад или один из двух журналов переписали: сохраните оба. Другим это показывает `latchkey audit prove-fork`.
fail-tile = Файл с хешами обрезан.
fail-tiles-root = Хеши в папке не ведут к её контрольной точке.
fail-proof-file = Файл не прочитать или не записать: { $why }.
fail-rollback-custodian = Откат принимает хранитель; остальные продолжают, когда он это сделал.
hint-rollback-custodian = Попросите хранителя посмотреть и принять откат с учётом виденных записей ({ $seen }); потом повторите.
fail-rollback-reason = Скажите, почему бюро откатили назад.
fail-not-rolled-back = Журнал продолжает то, что видели в последний раз: принимать нечего.
hint-rolled-back = Сначала выясните почему: восстановили копию или кто-то вмешался. `latchkey audit accept-rollback --reason ТЕКСТ` продолжит отсюда и запишет это.
fail-witness-name = Имя свидетеля — одно слово из латинских букв, цифр и . / - _, например witness.example/w1.
fail-witness-there = В { $folder } уже есть свидетель.
fail-no-witness = В { $folder } нет свидетеля.
hint-no-witness = Его заводит `latchkey witness init ИМЯ`; папку указывает --state DIR.
fail-witness-key = Доверять здесь можно только ключам журналов; это ключ свидетеля.
fail-witness-head = Собственная контрольная точка свидетеля повреждена: { $why }. Пока никто не посмотрел, ничего не подписывается.
fail-key-text = Неверный ключ: { $why }.
fail-kept-readonly = Бюро открыто только для чтения; запомнить ничего нельзя.
fail-kept-long = Это слишком длинно, чтобы запомнить.
hint-kept-long = Возьмите имя или текст короче.
fail-lookup-length = Ищут от 1 до 254 байт: IMEI, серийный номер, телефон, почту, ICCID, учётную запись или номер чека.
fail-search-text = Ищут от 1 до 1024 байт букв или цифр: слова, первые или последние знаки номера.
fail-passphrase-short = В парольной фразе не меньше { $least } знаков: больше ключ ничто не защищает.
fail-passphrase-known = Такую парольную фразу попробуют одной из первых: своего в ней мало.
hint-passphrase = Несколько слов, которые никто не говорит вместе, легко запомнить.
fail-clock-fine = Часы не отстают от последнего действия.
fail-unaccepted = { $file } не такой, каким его в последний раз принял хранитель. По нему ничего не разрешается, не отправляется и не открывается.
hint-unaccepted = Посмотрите файл. Хранитель принимает его командой `latchkey { $command }` или возвращает прежний.
fail-clock-back = На часах { $now }, а последнее действие здесь было { $last }: по часам идут ожидание, коды и разрешения.
hint-clock-back = Поставьте часы машины. Если они врали раньше, а теперь идут верно, хранитель продолжит командой `latchkey audit accept-clock`.
fail-read-readonly = Кто смотрит чужие данные, пишется в журнал, а бюро открыто только для чтения.
hint-read-readonly = Запустите без --readonly: от чтения больше ничего не меняется. Списки со скрытыми данными открыты: `latchkey tickets`.
fail-key-readonly = В бюро, открытом только для чтения, ключ не открыть: неверные попытки некому считать.
fail-reveal-readonly = Показ пишется в журнал, а бюро открыто только для чтения.
hint-reveal-readonly = Запустите без --readonly или без --reveal.
fail-report-stopped = Отчёт остановлен.
fail-path-itself = Путь ведёт от одной заявки к другой, а обе — заявка { $id }.
hint-path-itself = `latchkey links { $id }` покажет, что у неё общего с другими.
fail-report-order = Время отчёта кончается раньше, чем начинается.
hint-report-order = --from — первый день, --to — последний.
fail-replay-stopped = Прогон остановлен.
fail-no-picture = У заявки { $id } нет такого снимка коробки.
hint-no-picture = Его добавит `latchkey evidence add { $id } box --file PHOTO`.
fail-no-viewer = Программа для просмотра файлов не указана.
hint-no-viewer = Её называет `[viewer]` в config.toml; как — покажет `latchkey config template`.
viewer-code = она завершилась с кодом { $code }
viewer-killed = её прервал сигнал { $signal }
fail-viewer-copy = Копию для просмотра сделать не удалось: { $why }.
fail-viewer = Программа { $program } файл не показала: { $why }.
hint-viewer = Выполнено было то, что стоит в `[viewer] command` в config.toml.
fail-answer-form = В ответе не бывает точки с запятой и перевода строки ({ $key }).
fail-answer-account = В заявке { $id } нет учётной записи: ответ не с чем сравнить.
hint-answer-account = Спросите логин (почту, телефон или номер учётной записи) или привязанное устройство.
fail-no-file = У подтверждения { $item } заявки { $id } нет файла.
hint-no-file = `e` добавляет подтверждение с файлом.
fail-file-unread = Файл подтверждения { $item } не читается: { $why }.
fail-file-changed = Файл подтверждения { $item } — не тот, который приняли.
hint-file-changed = Файл на диске изменил человек или сам диск. Верните его из копии.
fail-import-readonly = Бюро открыто только для чтения; внести ничего нельзя.
fail-import-stopped = Импорт остановлен; от него ничего не осталось.
fail-rejects-unwritten = Файл отклонённых строк не записывается: { $why }.
fail-attachment-unkept = Приложенный файл не сохраняется: { $why }.
fail-guess = По заголовку не понять, что в файле.
hint-guess = Выберите, какой это список; пробный прогон скажет, что в нём не так.
fail-nothing-imported = { $n ->
    [0] { $first } Ничего не внесено.
    [one] { $first } Неверна ещё { $n } строка. Ничего не внесено.
    [few] { $first } Неверны ещё { $n } строки. Ничего не внесено.
    [many] { $first } Неверны ещё { $n } строк. Ничего не внесено.
   *[other] { $first } Неверны ещё { $n } строки. Ничего не внесено.
}
fail-no-case = В файле нет ни одного обращения.
hint-no-case = Дайте заголовок и одну строку или один объект JSON.
fail-reference-taken = Заявка с таким обозначением уже есть.
hint-reference-taken = Дайте другое обозначение или внесите файл как обращения, чтобы обновить заявку.
fail-many-cases = В файле не одно обращение, а { $n }.
hint-many-cases = Много сразу вносит `latchkey import cases ФАЙЛ`.
hint-nothing-entered = Ничего не внесено. Исправьте строку и внесите снова.
at-line = { $file }, строка { $line }
at-line-column = { $file }, строка { $line }, столбец { $column }
at-column = { $file }, столбец { $column }
store-missing = { $path }: такого файла нет; это папка бюро?
store-exists = { $path }: файл уже есть; ничего не изменено
store-empty = { $path }: файл пуст (0 байт); верните его из копии или удалите, чтобы начать заново
store-foreign = { $path }: это не файл `{ $expected }` программы Latchkey; ничего не изменено
store-locked = { $path }: файл зашифрован, а ключ не назван; назовите файл ключа: `--db-key-file`, и возьмите Latchkey, собранную с `sqlcipher`
store-not-locked = { $path }: файл не зашифрован, а дан ключ от зашифрованного; уберите ключ или восстановите под ним копию этого бюро
store-other-key = { $path }: файл зашифрован ключом { $found }, а дан { $used }; назовите файл нужного ключа
store-no-cipher = эта Latchkey не умеет шифровать: она собрана без `sqlcipher`; ничего не изменено
store-newer = { $path }: версия схемы { $found }, программа знает { $known }; читать можно, писать нельзя: поставьте новую Latchkey
store-older = { $path }: версия схемы { $found }, программе нужна { $known }; откройте бюро один раз на запись, и она обновится
store-not-kept = { $path }: версия схемы { $found }, программе нужна { $known }; она обновится, только когда рядом будет лежать копия ({ $why }); ничего не изменено
store-network = { $path }: папка лежит на сетевом диске ({ $system }), где SQLite теряет данные; перенесите бюро на свой диск и заходите по SSH
store-busy = хранилище занято: другая Latchkey пишет уже 30 секунд; повторите, когда она закончит
store-full = на диске нет места; ничего не изменено: освободите место и повторите
store-damaged = хранилище повреждено или не читается с диска (`{ $why }`); остановитесь, сохраните папку как есть, проверьте диск и верните последнюю копию
store-old-sqlite = SQLite { $found } в редком случае теряет записанное; программе нужна 3.51.3 или новее
store-setting = SQLite не приняла настройку { $setting }; хранилище не открыто
store-readonly = хранилище можно только читать: его файл, папка или диск закрыты для записи; ничего не изменено
store-closed = файл хранилища не открывается (`{ $why }`); посмотрите права на файл и на его папку
store-disk = диск под хранилищем отказал (`{ $why }`); ничего не изменено: проверьте диск, прежде чем работать дальше
store-memory = на машине кончилась память; ничего не изменено: закройте что-нибудь и повторите
store-nonsense = в хранилище есть значение, которое ничего не значит (`{ $what }`); проверьте его целостность
store-sql = хранилище отказало: `{ $why }`
store-collision = это имя (`{ $what }`) не отличить от другого в реестре; дайте другое
store-tampered = списки — не то, за что расписались, и на этом ничего не строится: { $what }; подробнее скажет `latchkey audit verify`, а то, что есть, подпишет `latchkey registry seal`
store-unsealed = за эти списки никто не расписался; то, что есть, подпишет `latchkey registry seal`
store-shape-more = { $path }: там есть { $thing }, чего Latchkey никогда не создавал: `{ $name }`. Такое может менять то, что бюро делает и подписывает, поэтому с файлом ничего не делается: сохраните копию папки для тех, кто будет разбираться, и спросите `latchkey doctor`
store-shape-otherwise = { $path }: кто-то изменил созданное Latchkey, { $thing }: `{ $name }`; с файлом ничего не делается: сохраните копию папки для тех, кто будет разбираться, и спросите `latchkey doctor`
store-shape-gone = { $path }: кто-то убрал созданное Latchkey, { $thing }: `{ $name }`; с файлом ничего не делается: сохраните копию папки для тех, кто будет разбираться, и спросите `latchkey doctor`
shape-table = таблица
shape-index = индекс
shape-trigger = триггер
shape-view = представление
shape-other = нечто
store-io = { $path }: не удалось ({ $doing }): { $why }
store-io-looking = прочитать свойства файла
store-io-finding = найти папку
store-io-kind = узнать вид файловой системы
store-io-creating = создать файл
store-io-mode = прочитать права
store-io-private = закрыть файл от других (права 0600)
store-io-flushing = записать папку на диск
store-io-backup = записать копию на диск
store-io-naming = назвать копию
do-act = работать с заявкой
do-issue = выдавать разрешения
do-decide = решать
do-redeem = гасить разрешения
do-read-out = диктовать коды
do-centres = заводить сервисные центры
do-revoke = отзывать разрешения
do-revocations = подписывать список отозванных
do-approve = утверждать
do-object = записывать возражения
do-clear-check = снимать проверки
do-send-codes = посылать коды
do-take-codes = принимать коды
do-merge = объединять заявки
do-checkpoint = подписывать контрольные точки
do-prove = доказывать записи журнала
do-export-log = выгружать журнал
do-accept-rollback = принимать откат
do-back-up = делать резервную копию
do-restore = восстанавливать стол
do-fix = исправлять бюро
do-export = выгружать заявки
do-looks = смотреть, кто читал
do-prune = удалять то, чему вышел срок
do-erase = удалять сведения о людях
do-close = закрывать заявки
do-reopen = снова открывать заявки
do-wait = ставить заявки в ожидание
do-add-agents = добавлять сотрудников
do-roles = менять роли
do-disable = отключать сотрудников
do-give-back = возвращать заявки
do-people = менять, кто что вправе делать
do-keys = менять ключи
do-send-back = возвращать решения
do-confirm-notice = подтверждать извещения
do-clear-notice = снимать извещения
do-import-lists = вносить списки
do-import-cases = вносить обращения
do-enter = заводить обращения
do-add-evidence = добавлять подтверждения
do-remove-evidence = убирать подтверждения
do-note = писать заметки
do-take = брать заявки
fail-public-unread = Открытый ключ не читается: { $why }.
hint-rejects-list = Исправьте файл или внесите одни годные строки с --rejects ФАЙЛ: прочие лягут туда с причинами.
hint-rejects-cases = Исправьте эти строки или внесите без --atomic: годные строки лягут, прочие будут названы.
fail-no-finding = В заявке { $id } нет вывода { $check }.
fail-no-passphrase = Парольная фраза не дана; ничего не подписано.
fail-mistake = Программа ошиблась, работая с бюро: `{ $why }`.
hint-mistake = Наполовину ничего не сделано. Бюро открыто заново; сообщите об этом разработчикам.
fail-turn = Остановлено раньше, чем до неё дошла очередь.
fail-none-out = Разрешение не выдано.
fail-lookalikes = Обозначения других заявок похожи на номер заявки { $id }.
hint-lookalikes = Назовите её обозначением в командной строке.
fail-file-unwritten = Файл не записывается: { $why }.
hint-saved-unproven = Разрешение сохранено в { $path }, доказательство — нет: `latchkey audit prove { $jti }`.
hint-file-exists = Выберите другое имя; ничего не перезаписано.
hint-file-folder = Назовите папку, которая есть.
fail-many-rejects = Рядом с файлом слишком много файлов отклонённых строк.
hint-many-rejects = Сначала уберите их.
fail-terminal = Терминал не работает: { $why }.
fail-undo-none = С заявкой { $id } не делали ничего, что можно отменить.
fail-undo-other = Последнее действие с заявкой { $id } не ваше: { $who } ({ $act }).
hint-undo-other = Отменяют только своё последнее действие.
fail-undo-role = { $who } больше не работает здесь с заявками, поэтому сделанное с заявкой { $id } остаётся.
fail-undo-gone = Заявка { $id } уже не такая, какой её оставило это действие: { $what }.
fail-undo-held = она больше не у вас
fail-undo-waits = она больше не ждёт
fail-undo-which-note = журнал не говорит, какая это заметка
fail-undo-note = заметки больше нет
fail-undo-final = Последнее действие с заявкой { $id } окончательное ({ $act }).
fail-undo-closed = Заявка { $id } закрыта уже не этим действием.
fail-undo-decision = Вашего решения по заявке { $id } больше нет.
fail-undo-notice = Решение по заявке { $id } поставило на устройство извещение.
hint-undo-notice = Его снимают вдвоём: `latchkey notice clear`.
fail-undo-item = Подтверждение { $item } заявки { $id } уже не такое, каким его оставило это действие.
fail-undo-merge = Заявка { $id } уже не такая, какой её оставило объединение.
fail-undo-into = Заявка { $id } вошла в другую.
hint-undo-into = Отмените объединение в той заявке, которая осталась.
hint-final-code = Посланный код не вернуть; он истечёт сам.
hint-final-answer = Названный код засчитан, верный он или нет.
hint-final-approve = Второе «да» подписано. Решение вернёт другой утверждающий, или разрешение отзовут.
hint-final-offer = Подтверждённое из письма вынимается там, где оно предложено (Enter на нём или `latchkey mail dismiss`).
hint-final-sent-back = Возвращённое решают заново.
hint-final-issue = Выданное разрешение отзывают, а не отменяют.
hint-final-redeem = Разрешение погашено; реестр уже изменился.
hint-final-revoke = Отозванное разрешение не вернуть; решите заново.
hint-final-object = Возражение владельца остаётся.
hint-final-notice = Для извещения в обе стороны нужны двое; снимите его или поставьте новое.
hint-final-clear = Снятие проверки подписано и остаётся.
hint-final = Этого не вернуть.
fell-unclosed = закрытие заявки отменили
fell-taken-back = его отменил тот, кто решил
do-undo = отменять
fail-file = { $what }: { $why }
fail-no-offer = В письмах заявки { $id } нет предложения { $offer }.
hint-no-offer = Что предлагают её письма, показывает `latchkey mail show { $id }`.
fail-offer-confirmed = Предложение { $offer } уже подтверждено как { $what }.
hint-offer-confirmed = Вынуть его снова: `latchkey mail dismiss { $id } { $offer }`.
fail-offer-dismissed = Предложение { $offer } уже отклонено.
fail-nothing-unheard = В заявке { $id } нет непрочитанных ответов владельца.
fail-no-mail = В заявке { $id } нет письма { $mail }.
hint-no-mail = Список покажет `latchkey mail show { $id }`.
fail-offer-what = Предложение { $offer } нельзя подтвердить как `{ $what }`.
hint-offer-what = Может быть: { $names }.
fail-offer-taken = В заявлении в `{ $column }` уже стоит другое.
hint-offer-taken = Сначала отклоните то, что там стоит (`latchkey mail show { $id }`), или подтвердите как другое (--as).
fail-request-no-mail = Заявка { $id } пришла не письмом: о чём она, в ней сказано.
fail-request-same = Заявка { $id } и так о том: { $request }.

## Imports: what is wrong with a file or a row (intake-)

intake-unreadable = `{ $column }` не читается: { $why }
intake-unreadable-source = `{ $column }` не читается: { $why }; исправьте там, откуда пришло, и внесите снова
intake-needed = `{ $column }` пуст, а он нужен в каждой строке; заполните его
intake-enum = `{ $column }`: { $why }; возьмите одно из этих слов
intake-no-device = нет ни `imei`, ни `serial`, а строка должна называть устройство; заполните что-то из них
intake-order = `{ $later }` раньше, чем `{ $earlier }`: что-то из них неверно, или они переставлены; исправьте строку
intake-field-size = `{ $column }` длиннее 64 КиБ (байт: { $bytes }); сократите или пошлите текст документом
intake-field-nul = в `{ $column }` стоит знак NUL, а это не текст; выгрузите файл заново
intake-field-lines = в `{ $column }` конец строки: не хватает кавычки здесь или на следующих строках; исправьте строки
intake-field-control = в `{ $column }` управляющий знак { $character }, а он бывает только в `note`; уберите его
intake-no-column = `{ $given }` — не столбец ({ $list })
intake-near-column = может быть, `{ $near }`?
intake-columns-are = уберите его; столбцы здесь: { $names }
intake-list = список `{ $name }`
intake-form = вид `{ $name }`
intake-operator = данные оператора
intake-gsma = файл TAC от GSMA
intake-any-list = список
intake-row-size = строка длиннее { $size } МиБ; в ней не хватает кавычки или конца строки, или это не список
intake-whole-rows = в `{ $column }` похоже на целые строки: не хватает кавычки здесь или на следующих строках; исправьте строки
intake-twice = столбец дан дважды
intake-twice-why = `{ $name }` стоит в заголовке дважды, а нужен только один
intake-twice-next = уберите или переименуйте лишний
intake-delta = это файл изменений
intake-delta-why = в нём столбец `change_type`, а он действует только в файле изменений
intake-delta-next = внесите его с `--mode delta` или уберите столбец
intake-no-name = у столбца нет имени
intake-no-name-why = поле { $field } заголовка пусто
intake-no-name-next = назовите его или уберите столбец
intake-unknown-column = такого столбца быть не должно
intake-missing-column = нет нужного столбца
intake-missing-why = здесь нужен `{ $name }` ({ $list })
intake-missing-one-why = здесь нужен один из { $names } ({ $list })
intake-missing-next = добавьте его в заголовок (столбцы называет строка 1: { $names })
intake-missing-one-next = добавьте один в заголовок (столбцы называет строка 1: { $names })
intake-fields-cut-off = в строке полей { $have }, в заголовке { $columns }; дальше нет конца строки: файл, возможно, обрезан; выгрузите его заново
intake-fields-short = в строке полей { $have }, в заголовке { $columns }; её оборвал конец строки или пропущенный разделитель; исправьте строку
intake-fields-long = в строке полей { $have }, в заголовке { $columns }; возьмите поле с разделителем в кавычки или исправьте строку
intake-over = больше { $n }
intake-empty = файл пуст
intake-empty-header = в нём нет даже заголовка
intake-empty-lines = в нём нет ни одной строки
intake-empty-next = проверьте выгрузку, которая его пишет
intake-wide = столбцов слишком много
intake-wide-why = первая строка длиннее, чем бывает заголовок из { $n } столбцов
intake-wide-next = проверьте, тот ли это список
intake-utf8 = текст не в UTF-8
intake-utf8-next = сохраните его в UTF-8 (в таблице: «CSV UTF-8») и внесите снова
intake-utf8-byte = байт { $at } строки — { $byte }
intake-utf8-latin = байт { $at } строки — { $byte }, как в Latin-1 или Windows-1251
intake-utf8-line = строка не в UTF-8: { $why }; пишите в UTF-8
intake-quote = кавычка не закрыта
intake-quote-ends = кавычка открыта в байте { $byte } этой строки, и до конца файла её не закрыли
intake-quote-lines = кавычка открыта в байте { $byte } этой строки, и её не закрыли больше чем за 100 строк
intake-quote-text = кавычка открыта в байте { $byte } этой строки, а за следующей, через несколько строк, сразу идёт текст
intake-quote-next = закройте её, а если она из текста, удвойте (""), и внесите файл снова
intake-line-size = строка длиннее { $size } МиБ; пишите по объекту на строке
intake-delta-only = `change_type` действует только в файле изменений; внесите файл с `--mode delta` или уберите столбец
intake-two = { $why }; { $next }
intake-key-twice = `{ $column }` дан дважды, а нужен только один; уберите лишний
intake-array = файл — один массив JSON
intake-array-why = он начинается с `[`, а строка — это один объект на одной строке
intake-array-next = пишите по объекту на строке, например с `jq -c '.[]'`
intake-number = `{ $column }` — число, а номера пишут строкой: число теряет нули в начале и, как 3.5e14, цифры; возьмите в кавычки
intake-fraction = `{ $column }` — дробь, а сумму пишут строкой, чтобы не потерять копейку; возьмите в кавычки
intake-float = `{ $column }` — число, а номера пишут строкой: 3.5e14 теряет цифры; возьмите в кавычки
intake-bool = `{ $column }` — true или false, а значение пишут строкой; возьмите в кавычки
intake-answers-left-out = `facts`: заявка { $ticket } не принимает новых ответов об учётной записи, и эти не сверялись. { $why }
intake-value-list = `{ $column }` — список, а значение пишут строкой; возьмите в кавычки
intake-value-object = `{ $column }` — объект, а значение пишут строкой; возьмите в кавычки
intake-comment = в JSON Lines нет примечаний; уберите строку
intake-no-object = строка — не объект JSON; пишите по объекту на строке: { $example }
intake-trailing = за объектом есть ещё что-то, с байта { $byte }; пишите по объекту на строке
intake-cut = объект не кончается на своей строке: файл обрезан, или объект занял несколько строк; пишите по объекту на строке
intake-no-json = строка — не JSON: { $why }, байт { $byte }; исправьте её
intake-open = файл не открывается
intake-stdin = ввод не читается
intake-stdin-next = назовите файл или подайте его на вход
intake-open-name = проверьте имя и папку, в которой вы сейчас
intake-open-right = попросите права на чтение или скопируйте файл к себе
intake-open-again = проверьте файл и повторите
intake-read = чтение прервалось
intake-read-next = проверьте диск или соединение и внесите снова
intake-unsorted = строки не удалось упорядочить
intake-unsorted-next = освободите место там, где лежит бюро, и внесите файл снова
intake-kind = внести это нельзя
intake-kind-folder = это папка, а не файл
intake-kind-device = это устройство или сокет, а не файл
intake-kind-next = назовите файл или `-`, чтобы читать стандартный ввод
intake-utf16 = текст в UTF-16, а не в UTF-8
intake-utf16-mark = он начинается с метки порядка байтов UTF-16
intake-utf16-zeros = каждый второй байт — ноль, хотя метки порядка байтов нет
intake-zip = это книга таблиц или архив zip
intake-zip-why = файл начинается с метки zip: PK
intake-gzip = это архив gzip
intake-gzip-why = файл начинается с метки gzip
intake-pdf = это PDF
intake-pdf-why = файл начинается с %PDF
intake-unpack-next = распакуйте его или сохраните лист как «CSV UTF-8» и внесите это
intake-picture = это снимок
intake-picture-why = файл начинается с метки PNG или JPEG
intake-picture-next = назовите файл CSV или JSONL
intake-received = `received_at` не читается: { $why }
intake-received-later = `received_at` в будущем: сейчас { $now }; напишите, когда обращение пришло, или оставьте пустым
intake-nothing = строка не называет ни устройства, ни учётной записи, ни заявителя: спросить некого; заполните что-то из этого
intake-request-empty = `request` пуст: ни о чём не просят; напишите что-то из { $names }
intake-request-near = `request`: { $why }; может быть, `{ $near }`?
intake-request = `request`: { $why }; напишите одно из них
intake-attachments = `attachments`: { $why }; пишите вид:путь, например box:photos/7.png
intake-attachment-no-kind = у `{ $given }` нет вида
intake-attachment-kind = `{ $given }` — не из слов receipt, box, document
intake-attachment-path = путь `{ $given }`: { $why }
intake-attachment = файл `{ $path }`: { $why }; { $next }
intake-path-empty = пуст
intake-path-absolute = не относительно файла обращений
intake-path-backslash = есть обратная черта; папки разделяет `/`
intake-path-control = есть управляющий знак
intake-path-long = длиннее 1024 байт
intake-path-out = ведёт прочь из папки файла обращений
intake-path-dots = между чертами пусто или точка
intake-path-next = назовите файл внутри папки файла обращений
intake-file-kind = это папка или устройство, а не файл
intake-file-kind-next = назовите файл
intake-file-size = больше { $size } МиБ
intake-file-size-next = пришлите снимок поменьше
intake-file-read = не читается: { $why }
intake-file-disk = проверьте диск и внесите снова
intake-file-link = ведёт по символической ссылке, а та может вывести из папки файла обращений
intake-file-link-next = положите туда сам файл
intake-file-name = проверьте имя; оно считается от файла обращений
intake-file-right = проверьте, можно ли вам его читать
intake-access = `access`: { $why }; обращение принято без него
intake-facts = `facts`: в `{ $given }` нет `=`, и это не ответ; пишите ключ=значение
intake-repair-same = `new_imei` — прежний: ничего не заменили; исправьте строку или уберите её
intake-cleared = `cleared_at` дано, а `status` — `{ $status }`; напишите `cleared` или уберите время
intake-sixth = шестой IMEI у одного `device_id`, а у устройства их не больше пяти; исправьте группы
intake-no-subscriber = нет ни `imsi`, ни `msisdn`: строка ничего не говорит о SIM; заполните что-то из них
intake-no-sim = нет ни `iccid`, ни `imsi`, ни `msisdn`: строка ничего не говорит о SIM; заполните что-то из них
intake-change-empty = `change_type` пуст, а в файле изменений он нужен; пишите add, update или remove
intake-month = `{ $given }` — не месяц вида Jan … Dec
intake-slots = это не число от 1 до 9
intake-mail-empty = письма здесь нет, одни пустые строки; удалите файл или выгрузите письмо снова
intake-mail-form = это не письмо: в начале нет заголовков вроде `From:`; сохраните письмо целиком, с заголовками
intake-mail-headers = его заголовки занимают { $size } КиБ, а больше { $most } не пишет ни одна программа; дальше оно не читалось; попросите написать заново
intake-mail-sender-none = в нём нет строки `From:`, и отвечать некому; попросите письмо целиком у того, кто его передал
intake-mail-sender = адрес отправителя в `{ $given }` не читается, и отвечать некому; если обращение настоящее, введите его вручную
intake-mail-senders = строк `From:` в нём { $n }, и кто его писал, сказать нельзя; так делают, чтобы обмануть: если обращение настоящее, введите его вручную
intake-mail-depth = его части вложены глубже { $most }, как не пишет ни одна программа; оно не читалось; попросите написать заново
intake-mail-parts = в нём больше { $most } частей, как не пишет ни одна программа; оно не читалось; попросите написать заново
intake-mail-long = оно больше { $size } МиБ; попросите снимки поменьше
intake-mail-in = { $name }: { $message }
intake-mail-unread = { $why }; оно оставлено на месте
intake-mail-again = как и прежде, { $what }; уберите его из Maildir или сделайте доступным, и об этом больше не напомнят
intake-mail-mbox = mbox начинается строкой вроде `From anna@example.com Sun Nov 22 10:00:00 2026`, а эта другая
intake-mail-mbox-next = для одного письма укажите `--format eml`
intake-mail-folder-next = проверьте, можно ли вам читать папки `cur` и `new`
intake-mail-authors = авторов в нём { $n }; заявителем считается первый
intake-mail-reply-to = ответы на него ушли бы по другому адресу (`Reply-To`); наши идут отправителю
intake-mail-name-address = имя отправителя само выглядит как почтовый адрес, и другой, чем у отправителя: оно опущено
intake-mail-no-id = у него нет Message-ID; оно узнаётся по содержанию
intake-mail-date = его дата `{ $given }` не читается; по ней ничего не считается
intake-mail-date-zone = в его дате нет часового пояса; по ней ничего не считается
intake-mail-date-far = в нём сказано, что оно отправлено { $day }; по этому ничего не считается: счёт идёт от сегодня
intake-mail-charset-none = в нём не названа кодировка; оно прочитано как { $charset }: посмотрите, есть ли в тексте смысл
intake-mail-charset-wrong = оно не в той кодировке, что в нём названа; оно прочитано как { $charset }: посмотрите, есть ли в тексте смысл
intake-mail-charset-damaged = в его тексте пропали знаки; названа кодировка `{ $charset }`
intake-mail-text-damaged = его текст повреждён (base64 с посторонними знаками или обрезан); он прочитан, насколько удалось
intake-mail-text-cut = его текст длиннее { $size } КиБ; остальное опущено
intake-mail-html = простого текста в нём нет; это слова его HTML, без картинок и ссылок
intake-mail-encrypted = оно зашифровано и не расшифровывалось; попросите прислать открытым текстом
intake-mail-boundary-none = в нём названы части, но ни одна строка их не делит; всё принято за текст, файлы в нём не найдены
intake-mail-boundary-guessed = в нём не сказано, что делит части; взята первая похожая строка
intake-mail-cut = у последней части нет конца: письмо могло быть обрезано
intake-mail-part-headers = заголовки одной из частей длиннее { $most } КиБ; она опущена
intake-mail-files = файлов в нём на { $n } больше, чем принимается ({ $most })
intake-mail-file-empty = его файл `{ $name }` пуст и опущен
intake-mail-file-size = его файл `{ $name }` больше { $size } МиБ и опущен; попросите снимок поменьше
intake-mail-file-damaged = его файл `{ $name }` повреждён (base64 с посторонними знаками или обрезан) и принят, насколько удалось
intake-mail-winmail = его файл `{ $name }` — собственный конверт Outlook, он не открывается; попросите сами файлы
intake-mail-uuencode = файл `{ $name }` в его тексте (uuencode) не вынут; попросите прислать вложением
intake-mail-twice = другое письмо с тем же Message-ID уже принято (заявка { $ticket }), а в этом сказано иное: одно из двух подделано; посмотрите оба
intake-mail-automatic = его писал не человек: это автоответ или отчёт о недоставке; ничего не сделано
intake-mail-automatic-to = его писал не человек: это автоответ или отчёт о недоставке. Речь о сообщении заявки { $ticket }, его могли не прочесть; ничего не сделано
intake-mail-objection = владелец возражает против заявки { $ticket }: назван код из сообщения ему
intake-mail-notice = это ответ на сообщение владельцу по заявке { $ticket }, без кода, по которому узнаётся возражение; прочтите сразу
intake-mail-late = это ответ по заявке { $ticket } ({ $state }); он лежит при ней и ничего не меняет; прочтите его
intake-mail-names = в теме названа заявка { $ticket }, а адрес не её заявителя: это отдельная заявка
intake-mail-follows = это ответ по заявке { $ticket }, которая закрыта
intake-mail-request = о чём просят, неясно; принято как { $request }

## The settings file (config-)

config-toml = файл не разобран: `{ $why }`
config-range = { $name } может быть от { $least } до { $most }
config-head-every = checkpoint — число и h, d или w, например "1 d"
config-head-to = в `to` стоят адреса почты
config-head-nobody = [audit] никому не посылает контрольных точек: задайте `to`
config-retention = { $name } может быть от { $least } до { $most } или 0: хранить всё
config-region = region — две буквы страны, например "RU"
config-origin = origin — имя вроде example.com/desk
config-command = command начинается с имени программы
config-offset = offset — сдвиг часов бюро от UTC, например "+03:00"
config-days = days — слова из { $days }
config-no-day = в days нет ни одного дня: срок не наступил бы никогда
config-hours = hours — часы с и до в пределах одного дня, например "09:00-18:00"
config-language = language — "en" или "ru"
config-theme = theme — одно из { $names }
config-lock = lock_minutes может быть от 0 (никогда) до 1440
config-from = from — почтовый адрес с именем или без: `{ $why }`
config-code = language — код вроде "en" или "ru"
config-smtp-from = для smtp нужен `from` — адрес, с которого идёт почта
config-tls-none = tls = "none" — только для сервера на этой же машине
config-tls = tls — "implicit", "starttls" или "none"
config-user = user и password_file указывают вместе

## Drafts and the editor (draft-)

draft-here = Здесь то, что вы набрали ({ $ago }) и не отправили; { $key-clear-form } очистит.
draft-taken = Заявка теперь у { $who }. Набранное сохранено.
draft-unsent = не отправлено
draft-behind = Диск отвечает медленно: последнее из набранного ещё не сохранено.
draft-unkept = Набранное не сохраняется: { $why }. Пока оно не отправлено, оно есть только на этом экране.
draft-cut = В заметку помещается 64 КиБ; остальное не взято.
draft-lines = { $n ->
    [one] { $n } строка, выше { $above }, ниже { $below }
    [few] { $n } строки, выше { $above }, ниже { $below }
    [many] { $n } строк, выше { $above }, ниже { $below }
   *[other] { $n } строки, выше { $above }, ниже { $below }
}
draft-nothing = В этой форме ничего не набрано.
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
rule-binding-current = устройство сейчас привязано к учётной записи
    .about = не привязано
rule-binding-age = привязка не моложе порога
    .about = привязка моложе
rule-account-known = учётная запись существует и действует
    .about = её нет, она не действует или два логина ведут к разным записям
rule-account-match = заявлена та учётная запись, к которой привязано устройство
    .about = это другая учётная запись
rule-account-idle = в пределах порога никто не входил
    .about = кто-то входил: владелец на месте
rule-self-service = заявитель не может войти сам и не является подтверждённым контактом учётной записи
    .about = доступ у него есть, или он подтверждённый контакт
rule-contact-code = код, посланный на подтверждённый устоявшийся контакт учётной записи, назван верно
    .about = трижды назван неверный код
rule-account-facts = достаточно верных ответов об учётной записи и ни одного неверного
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
rule-sim-held = код, посланный на этот номер, назван верно
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
rule-claim-tries = неверных ответов об этом устройстве или учётной записи меньше порогов
    .about = их столько же или больше

## Ticket: what is opened over it, the filter of its timeline (look-)

look-kinds-all = всё
look-kinds-evidence = подтверждения
look-kinds-codes = коды
look-kinds-notes = заметки
look-kinds-decisions = решения
look-kinds-owner = владелец
look-kinds-hands = кто держал и видел
look-shown-of = { $shown } из { $all }
look-finding-keys = { $key-previous-finding } { $key-next-finding } следующий вывод, Esc закрывает
look-reading = Читаю …
look-effect = { $effect }; просьба — { $request }
look-no-effect = Сам по себе он ни к чему не ведёт.
look-until = Кончится { $until }.
look-others = Другие заявки: { $names }; { $key-other-ticket } откроет первую.
look-evidence = Что прочитано из подтверждений
look-no-evidence = Подтверждения тут ни при чём.
look-registry = Строки реестра, с которыми сравнили
look-no-row-compared = Строк реестра для сравнения не было.
look-rule = Правило
look-passes = да, если
look-fails = нет, если
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
look-why-nothing = Ничего не выбрано; { $key-pane } ведёт к выводам, подтверждениям и ходу дела.
look-brand = марка
look-model = модель
look-allocated = выделен
look-imei = IMEI
look-serial = серийный
look-made = выпущен
look-other-device = ведёт к другому устройству:
look-no-row = нет ни в одном списке:
look-near = похожий номер
look-account = учётная запись
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

picture-title = Файл { $at } из { $all } — { $key-previous-picture } { $key-next-picture } листают, Esc закрывает
picture-reading = Читаю файл …
picture-size = { $size } КиБ
picture-no-picture = Это не PNG и не JPEG: показать здесь нельзя.
picture-too-large = В нём больше пикселей, чем здесь разбирается (64 миллиона).
picture-damaged = Его не удалось разобрать: `{ $why }`.
picture-too-long = Разбор занял больше пяти секунд и прекращён.
picture-no-room = Для него нет места, или снимки выключены.
picture-no-colours = Без цветов снимок здесь не нарисовать.
picture-opened = { $name } открыт в { $program }.
doing-open-file = Открываю файл
picture-why-no-file = У этого подтверждения нет файла.
picture-why-none = Ни у одного подтверждения нет файла.
picture-why-closed = Файл не открыт.
picture-barcodes = штрихкоды: { $what }
picture-barcodes-none = штрихкоды не прочитаны
picture-barcodes-doubt = штрихкоды прочитаны ненадёжно: { $why }
picture-doubt-two = один штрихкод прочитан двояко
picture-doubt-many = на нём IMEI не одной коробки
picture-doubt-unchecked = у IMEI нет верной контрольной цифры или суммы
picture-doubt-late = это заняло слишком много времени
picture-doubt-broken = декодер не справился

## Forms: what the registry says while they are filled (assist-)

assist-ours = устройство этой заявки
assist-other-device = не то устройство, что в заявке
assist-known = есть в реестре
assist-no-device = нет ни в одном списке
assist-no-near = похожих в реестре тоже нет
assist-near = в реестре есть похожие: { $numbers }
assist-seen-here = видели в этом устройстве, в последний раз { $to }
assist-seen-elsewhere = видели в других устройствах, в этом — нет
assist-never-seen = нигде не видели
assist-changed = карту меняли { $day }
assist-feed = магазин присылает свои продажи
assist-no-feed = магазин не присылает продаж: сравнить не с чем
assist-no-feed-near = продаж не присылает; может быть, { $names }?
assist-receipt = есть в данных
assist-receipt-ours = есть в данных, названо это устройство
assist-receipt-other = есть в данных, названо другое устройство
assist-not-in-feed = в данных магазина такого номера нет
assist-day-fits = день продажи
assist-day-differs = продажа была в другой день
assist-barcodes-reading = читаю штрихкоды
assist-barcodes-no-picture = это не снимок, который можно прочесть
assist-barcodes-none = штрихкоды не прочитаны: наберите то, что на этикетке
assist-barcodes-doubt = прочитано ненадёжно, { $why }: наберите то, что на этикетке
assist-barcodes-say = на штрихкодах { $what }; сверьте с этикеткой, прежде чем добавить
assist-barcodes-other = штрихкод на снимке говорит { $what }

## Undo: what was undone, and why something cannot be (undo-)

undo-title = Отмена
undo-go = Отменить
undo-then = Отмена — тоже действие; в журнале останутся оба.
undo-each = Заявка, с которой с тех пор что-то делали, откажет сама за себя.
undo-nothing = В этом сеансе больше нечего отменять.
undo-many = { $act }: { $n ->
        [one] { $n } заявка
        [few] { $n } заявки
        [many] { $n } заявок
       *[other] { $n } заявки
    }.
undo-final = { $said } { $why }
undo-final-code = Посланный код не отозвать.
undo-final-answer = Названный код засчитан.
undo-final-approve = Второе «да» подписано: вернуть его может другой утверждающий.
undo-final-sent-back = Возвращённое решают заново.
undo-final-notice = Для извещения в обе стороны нужны двое.
undo-final-clear = Снятие проверки подписано и остаётся.
undo-final-object = Возражение владельца остаётся.
undo-final-issue = Выданное отзывают, а не отменяют.
undo-final-reply = Ответ в исходящих; пока он не ушёл, его можно снять там.
undo-final-read-out = Код продиктован; остаётся лишь отозвать разрешение.
undo-final-redeem = Оно использовано; это окончательно.
undo-final-revoke = Отозванное остаётся отозванным: решите заново.
undo-take = { $name } снова в очереди.
undo-steal = { $name } снова в очереди; прежний держатель должен взять её сам.
undo-release = { $name } снова ваша.
undo-wait = { $name } больше не ждёт: { $state }.
undo-close = { $name } больше не закрыта: { $state }.
undo-reopen = { $name } снова закрыта.
undo-decide = { $name }: решение «{ $word }» отменено.
undo-decide-told = { $name }: решение «{ $word }» отменено; владелец о нём уже извещён.
undo-note = { $name }: заметка отменена.
undo-evidence-added = { $name }: подтверждение { $item } отменено.
undo-evidence-removed = { $name }: подтверждение { $item } снова действует.
undo-merge = { $name } и #{ $from } — снова две заявки.
undo-search = Фильтр и порядок прежние.
undo-marks = Пометки прежние.
undo-columns = Столбцы прежние.
undo-saved = Сохранённый поиск снова на месте.
undo-what-take = взятие
undo-what-release = возврат
undo-what-wait = ожидание
undo-what-close = закрытие
undo-what-reopen = повторное открытие
undo-what-merge = объединение
undo-what-decide = решение
undo-what-note = заметка
undo-what-evidence = добавление подтверждения
undo-what-removing = удаление подтверждения

## Why a token, a keyset or a key is refused: rules of CONTRACT.md §6 (refusal-)
refusal-rule = { $reason } (правило { $rule })
refusal-none = разрешение действительно
refusal-header = заголовок
refusal-claims = содержание
refusal-signature = подпись
refusal-long = в нём { $n } байт; читается не больше { $most }
refusal-parts = это не три части, соединённые точками
refusal-base64 = { $what } — не строгий base64url без дополнения
refusal-utf8 = { $what } — не UTF-8
refusal-no-object = { $what } — не объект JSON
refusal-json = { $what } — не строгий JSON: `{ $why }`
refusal-member = в заголовке есть { $member }: это никогда не читается
refusal-no-alg = никакого
refusal-alg = алгоритм задан ключом (EdDSA), а в заголовке: { $given }
refusal-no-typ = ничего
refusal-typ = тип: { $given }, а нужен { $wanted }
refusal-no-kid = ключ в нём не назван
refusal-unfit-signature = подпись не подходит: текст изменён после подписания, или подписал другой ключ
refusal-shape = содержание не такое, как должно быть: `{ $why }`
refusal-signer-unknown = ключа, которым оно подписано, нет в наборе ключей
refusal-key-unknown = его ключа нет в наборе ключей
refusal-key-disabled = ключ { $name } отключён
refusal-key-ended = ключ { $name } не действовал в момент подписания
refusal-no-agent = { $name } — не сотрудник и не утверждающий
refusal-op-unknown = такая операция этой проверке неизвестна
refusal-withdrawn = оно отозвано
refusal-rehearsal = оно учебное и ничего настоящего не открывает
refusal-used = оно уже использовано; каждое открывает один раз
refusal-other-centre = оно для другого сервисного центра
refusal-one-centre = оно для одного сервисного центра; скажите через --audience, какой проверяет
refusal-other-op = оно разрешает { $op }, а сделать нужно другое
refusal-may-not-sign = { $name } не вправе подписывать { $op }
refusal-other-device = оно для другого устройства
refusal-other-challenge = оно отвечает на другой запрос, чем у устройства
refusal-challenge-needed = оно отвечает на запрос; укажите запрос устройства через --challenge
refusal-no-challenge = оно не отвечает ни на какой запрос
refusal-not-yet = оно ещё не действует
refusal-future = оно подписано в будущем: проверьте часы
refusal-run-out = срок его действия истёк
refusal-approval = утверждение в нём не принято: { $why }
refusal-apv = { $name }: { $fault }
refusal-apv-other = утверждено другое
refusal-apv-own = утверждено собственное решение
refusal-apv-twice = утверждено дважды
refusal-apv-no-approver = не утверждающий
refusal-apv-early = утверждено раньше, чем он вправе утверждать
refusal-apv-op = не вправе утверждать эту операцию
refusal-apv-late = утверждено после подписания
refusal-apv-missing = для { $op } нужно утверждение второго человека, а его нет
refusal-other-desk-keyset = оно другого бюро, чем набор ключей
refusal-other-desk = оно другого бюро
refusal-old-keyset = набор ключей версии { $version }, а раньше встречалась версия { $floor }
refusal-clock-behind = часы отстают от набора ключей: проверьте часы
refusal-empty-claim = одно из полей пустое
refusal-jti = его jti — не 128 бит в base64url
refusal-negative-time = время отрицательное
refusal-chal-hex = его chal — не шестнадцатеричное число
refusal-sub-account = его предмет — не та учётная запись, которая в нём названа
refusal-sub-device = его предмет — не из обозначений устройства
refusal-dev = одно из обозначений устройства — не IMEI и не серийный номер
refusal-ends-early = оно кончается раньше, чем начинается
refusal-life = срок жизни { $life } с; допускается не больше { $most }
refusal-other-signer = его подписал не тот, кто в нём назван
refusal-keyset-root = набор ключей подписан не корнем этого бюро
refusal-keyset-nameless = в наборе ключей не названо бюро или время
refusal-keyset-solo = по набору ключей учётную запись сбрасывает один сотрудник, а нужны всегда двое
refusal-keyset-root-key = корень: { $why }
refusal-keyset-agent = сотрудник { $n } в наборе ключей: { $why }
refusal-agent-name = имя не из знаков a-z, 0-9, '.', '_', '-'
refusal-agent-kid = обозначение ключа — не этого ключа
refusal-agent-twice = один ключ указан дважды
refusal-agent-time = ключ кончается раньше, чем начинается
refusal-agent-disabled = ключ отключён с такого-то времени и не отключён
refusal-agent-hats = кто-то и хранитель, и утверждающий сразу
change-version = версия { $version } не следует за версией { $old }
change-time = он подписан раньше того, за которым следует
change-solo = он меняет то, что один сотрудник подписывает сам
change-one = он меняет больше или меньше одного человека
change-forgets = в нём забыт ключ сотрудника { $name }
change-key = у известного ключа сотрудника { $name } другой ключ, имя или начало
change-enabled = ключ сотрудника { $name } отключён навсегда и с того времени
change-longer = ключ сотрудника { $name } должен служить дольше, чем положено
change-ended-before = ключ сотрудника { $name } должен был кончиться раньше
change-disabled-when = ключ сотрудника { $name } отключают не нынешним временем
change-sooner = { $name } должен утверждать раньше, чем подписано
change-wait = { $name } как утверждающий новый человек или с новым ключом и должен ждать { $hours } ч
change-no-custodian = в бюро не остаётся хранителя
refusal-list-signer = { $name } не вправе подписывать список отозванных
refusal-list-future = список отозванных из будущего: проверьте часы
refusal-old-list = список отозванных версии { $version }, а раньше встречалась версия { $floor }
refusal-list-time = список отозванных кончается раньше, чем начинается
refusal-list-jti = в списке отозванных есть то, что не является номером токена
refusal-key-kind = это не ключ подписи Ed25519 ({ $what })
refusal-key-encoding = «x» ключа — не 32 байта в base64url без дополнения
refusal-key-weak = ключ — не точка кривой или слабая точка
refusal-key-kid = обозначение ключа — не его отпечаток по RFC 7638

## What is wrong with a key file (keyfile-)
keyfile-at = файл ключа { $path }: { $problem }
keyfile-missing = такого файла нет; положите туда ключ сотрудника или назовите другого через --agent
keyfile-symlink = это символическая ссылка; положите туда сам файл ключа
keyfile-not-regular = это не обычный файл; положите туда сам файл ключа
keyfile-owner = он принадлежит пользователю { $owner }, а не вам; у каждого сотрудника свой ключ (смените владельца через chown или сделайте новый ключ)
keyfile-mode = его могут читать или менять другие (права { $mode }); выполните: `chmod 600` и имя файла
keyfile-folder = его папку могут менять другие (права { $mode }, владелец { $owner }); выполните: `chmod 700` и имя папки
keyfile-empty = он пуст; восстановите его из своей копии или попросите у хранителя новый ключ
keyfile-long = он длиннее ключа ({ $most } байт); тот ли это файл?
keyfile-two = в нём блоков PEM: { $n }; держите в файле один закрытый ключ
keyfile-public = в нём открытый ключ; здесь нужен закрытый
keyfile-label = в нём { $label }, а не закрытый ключ PKCS#8; преобразуйте его: `openssl pkcs8 -topk8`
keyfile-no-pem = это не текст PEM; тот ли это файл?
keyfile-damaged = содержимое повреждено (`{ $why }`); восстановите его из своей копии
keyfile-other-public = открытый ключ в нём — от другого ключа
keyfile-outdated = он зашифрован устаревшим способом, а не PBES2
keyfile-kind = ключ не Ed25519; сделайте новый: `latchkey agents add` или `openssl genpkey -algorithm ed25519`
keyfile-encrypted = он зашифрован; введите парольную фразу по запросу или укажите --passphrase-file
keyfile-passphrase = парольная фраза его не открывает; попробуйте ещё раз
keyfile-unprotected = он не зашифрован, а это можно только в учебном бюро; выполните: `openssl pkcs8 -topk8 -scrypt`
keyfile-costly = он требует больше работы, чем положено ключу ({ $scheme }); запишите его заново: `openssl pkcs8 -topk8 -scrypt`
keyfile-empty-passphrase = парольная фраза пуста; придумайте её
keyfile-exists = там уже есть файл, а поверх мы не пишем; сначала уберите его
keyfile-io = не удалось { $action }: { $why }
keyfile-io-open-folder = открыть его папку
keyfile-io-look-folder = прочитать свойства его папки
keyfile-io-open = открыть его
keyfile-io-look = прочитать его свойства
keyfile-io-read = прочитать его
keyfile-io-make-folder = создать его папку
keyfile-io-create = создать его
keyfile-io-write = записать его
keyfile-io-sync = записать его на диск
keyfile-io-place = поставить его на место
keyfile-io-sync-folder = записать его папку на диск

## What is wrong with a policy file (rule-)
rule-line = строка { $line }: { $what }
rule-toml = не читается как TOML: `{ $why }`
rule-accept-missing = нет раздела [accept.{ $request }]: скажите, каких доказательств достаточно, или перенесите строки из поставки
rule-floor = {"["}effects] больше не ведёт от { $check } к { $effect }: ниже этого предела ни один файл опуститься не может; верните строку из поставки
rule-unknown = порога `{ $name }` нет; может быть, `{ $best }`?
rule-bounds = { $name } = { $number }: вне границ, допускается от { $low } до { $high }
rule-bounds-hours = { $name } = { $number }: вне границ, допускается от { $low } до { $high } ч
rule-lacks = в [thresholds] нет `{ $name }`
rule-incomplete = {"["}thresholds] неполон
rule-set = { $request }: { $why }
rule-set-empty = пустой набор пропустил бы кого угодно
rule-set-reset-alone = для сброса пароля всегда нужны двое; перенесите набор в `two`
rule-set-weak = в наборе должны быть `purchase`, `sim` или `consent`: коробки и ответов никогда не достаточно
rule-set-one-alone = одного доказательства одному сотруднику достаточно, только если это согласие владельца
rule-set-one = одного доказательства, кроме согласия владельца, никогда не достаточно
rule-set-reset = сброс пароля открывает доступ к данным: нужно не меньше двух доказательств
rule-both = в правиле стоит `for` или `except`, но не оба
rule-pass = пройденная проверка ни к чему не ведёт

## What is wrong with a checkpoint of the log (head-)
head-malformed = это не контрольная точка: { $why }
head-origin = имя журнала — одно слово без знака '+'
head-other-log = контрольная точка другого журнала
head-unsigned = контрольная точка не подписана ключом этого бюро
head-signature = подпись контрольной точки не подходит: её изменили после подписания
head-key = это не ключ проверки (ИМЯ+ID+BASE64)
head-long = слишком длинно
head-control = есть управляющие знаки
head-no-blank = нет пустой строки перед подписями
head-cut = текст обрезан
head-last-line = последняя строка не закончена
head-dash = строка подписи начинается не так
head-no-signature = в строке подписи нет подписи
head-base64 = подпись не в base64
head-nameless = в строке подписи нет имени или подписи
head-twice = один ключ подписал дважды
head-signatures = подписей нет или слишком много
head-lines = это не три строки: имя, размер и корень
head-size = размер — не простое число
head-root = корень — не 32 байта в base64

## Что не так с доказательством из журнала (proven-, forked-)
proven-form = это не доказательство: { $why }
proven-no-leaf = в доказательстве нет записи журнала
proven-path = запись не ведёт к подписанному корню: запись, место или хеши изменены либо взяты из другого журнала
proven-long = оно слишком длинное
proven-no-blank = перед контрольной точкой нет пустой строки
proven-first = оно начинается не с c2sp.org/tlog-proof@v1
proven-extra = его запись — не base64
proven-index = его номер — не простое число
proven-hash = строка — не хеш в base64
proven-hashes = хешей больше, чем уровней у дерева
proven-old = оно начинается не с «old» и простого числа
proven-broken = журнал не ведёт к собственному корню: файл бюро кто-то правил. Ничего не доказано и не записано
forked-form = это не доказательство раздвоения: { $why }
forked-two-logs = контрольные точки относятся к двум журналам
forked-agree = обе контрольные точки возможны: ничто не показывает, что одна исключает другую
forked-path = названный корень — не корень более длинного журнала при меньшем размере
forked-parts = это не заголовок и две контрольные точки
forked-first = оно начинается не с latchkey/fork-proof@v1
forked-prefix = его корень или хеши — не base64

## Откат: журнал против того, что в нём видели (seen-)
seen-cut = бюро откатили назад: раньше видели { $seen } записей, здесь { $size }
seen-other = бюро откатили назад или журнал переписали: из { $seen } записей, которые видели раньше, среди { $size } здешних есть не все
seen-keyset = людей и ключи откатили назад: раньше видели версию { $seen }, здесь версия { $version }
seen-root = кто что вправе делать, здесь подписывает другой корневой ключ, чем видели раньше

## Коды на слух: диктуются сервисному центру (slip-, spoken-)
spoken-frame = Продиктуйте   (Esc — назад)
spoken-title = Продиктовать код: { $name }
spoken-go = Показать код
spoken-then = Спросите, как называется центр и какой запрос он видит. В журнале останется, кто и кому диктовал код, но не сам код.
spoken-centre = центр
spoken-challenge = запрос
spoken-no-centre = Коды здесь не диктуют: так решают правила, или сервисных центров ещё нет.
spoken-to = Скажите центру { $centre }, группа за группой:
spoken-until = Центр примет код до { $until }. Затем спросите, что назвать в ответ: { $key-grant-read-back } погасит разрешение.
spoken-back-title = { $name }: центр принял код
spoken-back-then = То, что центр назвал в ответ, показывает: код принят. Разрешение погашается, устройство отвязывается от записи.
spoken-back = ответ центра
spoken-star = звёздочка
spoken-tilde = тильда
spoken-dollar = доллар
spoken-equals = равно
slip-length = в коде тринадцать знаков: двенадцать и проверочный; здесь { $n }
slip-symbol = знака { $symbol } на месте { $place } в коде не бывает
slip-swap = проверочный знак не сходится: похоже, знаки на местах { $place } и { $next } поменялись местами
slip-one = проверочный знак не сходится: один из знаков расслышан или набран неверно

## Что свидетель говорит о контрольной точке (witness-)
witness-cosigned = контрольная точка продолжает прежнюю и подписана
witness-unknown = контрольная точка журнала, которого этот свидетель не знает; знакомит с ним `latchkey witness trust КЛЮЧ`
witness-rollback = журнал укоротили: видели { $seen } записей, показывают { $size }
witness-fork = при { $size } записях видели другой корень: есть два журнала с этим именем
witness-old = в последней увиденной контрольной точке { $seen } записей; доказательство начинается не с неё (`latchkey audit checkpoint --since { $seen }`)
witness-consistency = { $size } записей не продолжают { $seen } увиденных: есть два журнала с этим именем, или доказательство повреждено
witness-tiles = хеши в папке не ведут к её контрольной точке

## What verifying the log finds (chain-)
chain-whole = журнал цел
chain-missing = записи { $leaf } нет: на её месте { $found }
chain-long = запись { $leaf } длиннее, чем бывают записи
chain-form = запись { $leaf } не в канонической форме: `{ $why }`
chain-number = запись { $leaf } называет себе другой номер
chain-hash = запись { $leaf } не сходится со своим хешем
chain-neighbours = запись { $leaf } изменена вместе с хешем: соседние записи с ней не сходятся
chain-fork = у подписанной вершины на { $size } записей другой корень: изменена запись начиная с { $leaf }, или журнал написан заново
chain-signed-head = в подписанной вершине
chain-stored-head = в сохранённой вершине
chain-cut = журнал обрезан или откачен назад: записей здесь { $size }, а { $whose } их { $wanted }
chain-beyond = запись { $leaf } и следующие за ней — за сохранённой вершиной
chain-last = запись { $leaf } — не последняя из тех, что знает сохранённая вершина
chain-stored-root = у сохранённой вершины другой корень: изменена запись начиная с { $leaf }
chain-checkpoint = контрольная точка, хранимая в бюро, изменена: { $why }
chain-decision = решение по заявке { $ticket } — не то, что подписано и записано в журнал
chain-approval = утверждение { $by } по заявке { $ticket } — не то, что подписано и записано в журнал
chain-statement = то, что по записи { $leaf } было сделано, — не то, что подписано (statement)
chain-lists = сказанное о списках в записи { $leaf } — не то, что подписал их хранитель
chain-registry = списки в registry.db — не то, что подписал их хранитель: { $why }
chain-centre = строка сервисного центра из записи { $leaf } — не то, что подписано и записано в журнал
chain-clearing = снятие проверки { $check } в заявке { $ticket } — не то, что подписано и записано в журнал
chain-setting = настройка с именем бюро или с тем, что оно учебное, — не то, что говорит его набор ключей
chain-grant = разрешение { $jti } — не то, что говорят его токен и журнал
chain-release = привязки, снятые по разрешению { $jti }, — не те, что в журнале
chain-rows = заявка { $ticket }, { $what } ({ $tables }): не то, что в журнале; строку изменили в обход бюро
chain-rows-claim = заявление, доказательства или кто над ними работал
chain-rows-codes = одноразовые коды
chain-rows-decision = решение, одобрение или снятие проверки
chain-rows-owner = сообщение владельцу или его возражение
chain-rows-told = сообщения владельцу
chain-rows-notice = поданная отметка
chain-rows-mail = письмо или взятое из него
chain-rows-read = прочитанное с фотографии
hint-rows = Сообщите хранителю: кто-то писал в `desk.db`. `latchkey audit verify` назовёт первую строку и запись.
chain-gone = { $what } из записи { $leaf } в бюро больше нет
chain-keyset-gone = запись приняла версию { $version } людей и ключей, а её нет
chain-keyset-edited = версия { $version } людей и ключей не та, что приняла запись
chain-keyset-wrong = версия { $version } людей и ключей не действует: { $why }
chain-keyset-unlogged = журнал ничего не знает о версии { $version } людей и ключей
chain-index = индекс { $index } в { $file } — не то, что в таблице { $table }: он может скрывать строки или повреждён ({ $said })
chain-file = файл { $file } повреждён ({ $said })
hint-index = Сообщите хранителю: кто-то писал в файл в обход бюро, или отказал диск. Что делать, скажет `latchkey doctor`.
chain-links = общее заявки { $ticket } с другими — не то, что сказано в ней самой
chain-links-more = в таблицах общего между заявками есть строки, не относящиеся ни к одной заявке
chain-misplaced = в строке записи { $leaf } сказано, что она о другом, чем на деле
chain-closed = заявка { $ticket } закрыта, а по журналу её никто не закрывал
chain-merged = заявка { $ticket } объединена с другой, а по журналу её никто не объединял
chain-lease = { $who } держит заявку { $ticket }, а по журналу никогда её не брал
chain-a-decision = решения
chain-an-approval = утверждения
chain-a-statement = заявления

## What is wrong with a row of a list, against the rows that are there (row-)
row-other-list = эта строка — из списка { $of }, а не { $list }
row-twice = в файле { $what } дважды, с разными данными; оставьте одну из строк
row-tac = этот TAC
row-device = это устройство
row-account = эта учётная запись
row-contact = этот контакт
row-binding = эта привязка
row-sighting = это появление
row-sim-change = эта смена SIM
row-sale = эта продажа
row-repair = этот ремонт
row-notice = это извещение
row-no-model = модель не указана; в списке она нужна у каждого TAC
row-no-name = в строке нет ни IMEI, ни серийного номера; устройству нужно одно из них
row-many-imeis = IMEI в строке: { $n }; у устройства их не больше { $most }
row-the-imei = IMEI { $imei }
row-the-serial = серийный номер
row-taken = { $which } уже принадлежит другому устройству, а обозначение бывает только у одного: исправьте эту строку или ту
row-zeros = IMEI с 1 в начале: { $one }, с 0: { $zero }; из первых { $lost } подходят к таблице TAC, только если поставить впереди 0: таблица потеряла ведущие нули; выгрузите столбец как текст
row-shrink = в файле строк: { $rows }, в списке: { $before }; осталось бы меньше 75 %: так выглядит обрезанный файл. Если так и нужно, скажите --allow-shrink
row-delta-exists = `add`, но в списке уже есть { $what }; напишите `update` или уберите строку
row-delta-missing = менять нечего: в списке не значится { $what }; напишите `add` или уберите строку

## Why a message has not left (leaving-)
leaving-rehearsal = в учебном бюро ничего не отправляется
leaving-late = срок вышел прежде, чем его удалось отправить
leaving-superseded = его место занял новый код
leaving-no-way-mail = в [dispatch] файла config.toml не сказано, как отправлять на почтовый адрес
leaving-no-way-phone = в [dispatch] файла config.toml не сказано, как отправлять на телефон
leaving-no-code = его код больше не восстановить; отправьте новый
leaving-edited = это не то, что было поставлено в очередь вместе с решением: кто-то писал в `desk.db`; сообщите хранителю
leaving-no-command = в [dispatch] команда пуста
leaving-unrun = { $program } не запускается: { $why }
leaving-timeout = команда работала дольше { $seconds } с
leaving-unwaited = конца команды не дождаться: { $why }
leaving-ended = команда завершилась с кодом { $code }{ $said }
leaving-signal = команда прервана сигналом { $signal }{ $said }
leaving-from = {"["}dispatch] from: `{ $why }`
leaving-address = на такой адрес почту не отправить
leaving-no-mail = письма из этого не сделать: `{ $why }`
leaving-folder = { $folder }: { $why }
leaving-tls = TLS: `{ $why }`
leaving-password = password_file не читается: { $why }
leaving-server = { $host } ответил: `{ $why }`

## Записи журнала: названия того, что в них стоит (leaf-)
leaf-added = добавлено
leaf-agent = сотрудник
leaf-approvals = утверждений
leaf-as = как
leaf-channel = канал
leaf-check = проверка
leaf-code = код
leaf-contacts = контактов
leaf-evidence = подтверждение
leaf-found = найдено
leaf-from = откуда
leaf-imeis = IMEI
leaf-imported = принято
leaf-into = куда
leaf-cause = причина
leaf-centre = сервисный центр
leaf-challenge = запрос
leaf-day = день
leaf-device = номер устройства
leaf-sealed = зашифровано как
leaf-secret = номер секрета
leaf-jti = разрешение
leaf-kind = вид
leaf-kinds = виды
leaf-looked-at = когда искали
leaf-list = список
leaf-message = сообщение
leaf-note = заметка
leaf-of = из
leaf-op = операция
leaf-other = другая
leaf-override = вопреки
leaf-readers = кто прочтёт
leaf-recommendation = рекомендация
leaf-rejected = отклонено
leaf-request = запрос
leaf-roles = роли
leaf-stopped = остановлено
leaf-tickets = заявок
leaf-until = до
leaf-files = файлов
leaf-given = названо
leaf-lists = и из списков
leaf-mode = способ
leaf-number = номер печати
leaf-removed = удалено
leaf-revealed = целиком
leaf-delta = изменения
leaf-erased = сведения о человеке удалены
leaf-merge = дополнение
leaf-replace = замена
leaf-retention = вышел срок
leaf-updated = обновлено
leaf-version = версия
leaf-what = что
leaf-why = почему
leaf-word = слово
leaf-yes = да
leaf-no = нет

## Свой редактор сотрудника (editor-)
editor-unmade = Файл для редактора не создать: { $why }.
editor-unwritten = Файл для редактора не записать: { $why }.
editor-unstarted = Редактор { $name } не запускается: { $why }.
editor-failed = Редактор { $name } завершился с ошибкой; текст остался прежним.
editor-lost = Редактор потерян: { $why }.
editor-unread = Отредактированное не читается: { $why }.
editor-long = Отредактированное длиннее 64 КиБ; текст остался прежним.
editor-no-folder = Папку для черновиков не создать: { $why }.
editor-utf8 = Отредактированное не в UTF-8; текст остался прежним.

## Исходящие (outbox-)
outbox-open = ждут
outbox-sent = ушли
outbox-dropped = сняты
outbox-all = все
outbox-waits = { $n } к отправке
outbox-failed = { $n } не ушло
outbox-none = Здесь сообщений нет.
outbox-reading = Читаются исходящие …
outbox-hint-reading = { $key-outbox-read } или Esc — обратно к списку
outbox-hint-rehearsal = Учебное бюро ничего не отправляет: что ушло бы, стоит в «ушли»
outbox-next-now = отправляется сейчас
outbox-next = следующая попытка { $until }
outbox-next-carried = передаётся
outbox-message = Сообщение { $message } · { $kind } · { $name }
outbox-tries = { $n ->
    [one] { $n } попытка
    [few] { $n } попытки
    [many] { $n } попыток
   *[other] { $n } попытки
}
outbox-why = почему:
outbox-queued = { $who } { $at }, кому { $to }, на языке «{ $language }»
outbox-good = имеет смысл { $until }
outbox-retried = Сообщение { $message } отправляется снова.
outbox-dropped-done = Сообщение { $message } отправлено не будет.
outbox-why-none = Сообщение не выбрано.
outbox-why-role = Отправлять и снимать сообщения могут сотрудники, утверждающие и хранители.
outbox-why-sent = Оно ушло; что принято, второй раз не отправляется.
outbox-why-sending = Оно сейчас передаётся.
outbox-why-dropped = Оно уже снято.
outbox-why-owner = Уведомление владельца снимает утверждающий или хранитель.
outbox-why-late = Срок его вышел; отправьте новое из заявки.
outbox-drop-title = Снять сообщение { $message }
outbox-drop-what = { $kind }, кому { $to }, заявка { $name }
outbox-drop-then = Отправлено не будет. В журнале останется, кто его снял, и отпечаток причины.
outbox-drop-owner = Владелец этим путём ничего не узнает и не сможет возразить его кодом.
outbox-drop-go = снять

## Ответ клиенту, в заявке (written-)
written-title = Ответ клиенту по { $name }
written-language = язык
written-text = текст
written-send = отправить
written-to = Кому { $to } · { $subject }
written-nobody = В заявлении нет контакта, отправить некуда: скопируйте текст.
written-waits = После отправки заявка ждёт клиента.
written-edited = Вы изменили текст, он остаётся как есть; очистите его и выберите язык снова, чтобы написать заново.
written-unread = Ответ на этом языке ещё пишется; сначала прочитайте его.
written-copied = Если нет, { $key-editor } откроет текст в вашем редакторе.
## Mail: what came by mail to a ticket (mail-)

mail-heading = Письма
mail-from = от { $who } (как в нём сказано), принято { $ago }
mail-notice = это ответ на сообщение владельцу учётной записи: прочтите его прежде всего
mail-stranger = оно пришло не с адреса заявителя
mail-more = { $n ->
    [one] … и ещё { $n } строка: `latchkey mail show { $ticket }`
    [few] … и ещё { $n } строки: `latchkey mail show { $ticket }`
    [many] … и ещё { $n } строк: `latchkey mail show { $ticket }`
   *[other] … и ещё { $n } строки: `latchkey mail show { $ticket }`
}
mail-offered = не подтверждено
mail-confirmed = { $what }, подтверждает { $who }
mail-dismissed = отклонено, { $who }
mail-damaged = контрольная цифра не сходится
mail-file = { $name } ({ $size } КиБ)
mail-kind-imei = IMEI
mail-kind-serial = серийный №
mail-kind-iccid = SIM-карта
mail-kind-phone = телефон
mail-kind-email = почта
mail-kind-receipt = № чека
mail-kind-file = файл
mail-as-imei = IMEI устройства
mail-as-imei2 = второй IMEI устройства
mail-as-serial = серийный номер устройства
mail-as-receipt-imei = IMEI на чеке
mail-as-receipt-serial = серийный номер на чеке
mail-as-receipt-no = номер чека
mail-as-box-imei = IMEI на коробке
mail-as-box-serial = серийный номер на коробке
mail-as-sim-iccid = номер SIM-карты
mail-as-sim-msisdn = номер телефона SIM
mail-as-account-email = почта учётной записи
mail-as-account-phone = телефон учётной записи
mail-as-claimant-phone = телефон заявителя
mail-form-title = Что предлагает письмо: { $name }
mail-form-then = По нему пока ничего не судили. Кто подтвердит, тот добавил подтверждение и вторым человеком быть не может.
mail-form-out = Оно подтверждено. Если отклонить, оно снова выйдет из дела.
mail-form-as = Это
mail-form-aside = ничего нужного: отклонить
mail-form-go = Подтвердить
mail-why-none = Письма здесь ничего больше не предлагают
mail-owner-wrote = владелец написал
mail-why-no-mail = Она пришла не письмом: о чём она, в ней сказано
mail-request-title = О чём письмо: { $name }
mail-request-then = Так были поняты слова письма. Проверки зависят от просьбы, а принятое раньше решение отменится.
mail-request-as = Просят
mail-request-go = Записать
mail-done-request = Теперь просят: { $what }
mail-done-confirmed = Подтверждено: { $what }
mail-done-aside = Отклонено

## Приметы: на что обратить внимание (sign-)

sign-near-imeis = Подряд идущих IMEI у заявителя { $claimant }: { $n }.
sign-near-receipts = Подряд идущих номеров чеков у заявителя { $claimant }: { $n }.
sign-same-text = Заявок с одним и тем же текстом, если не считать чисел: { $n }.
sign-same-image = Заявок с одним снимком или похожим на него: { $n }.
sign-burst = Заявок от { $claimant } за короткое время: { $n }.
sign-grants-apart = { $agent }: два разрешения за { $seconds } с.
sign-blind-grants = { $agent }: разрешено без кода и без взгляда на заявку ({ $n }).
sign-grants-to-one = { $agent }: не одно разрешение заявителю { $claimant } ({ $n }).
sign-owner-wrote = Владелец учётной записи ответил на наше сообщение без кода. Само по себе это ничего не останавливает: прочитайте ответ и спросите, возражает ли он ({ $n }).
