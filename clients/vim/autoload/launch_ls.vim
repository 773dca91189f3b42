vim9script
# All that is known of debugging is in `launch-ls dap`: this names a configuration, and says where the cursor is.

export def Start(name: string, noDebug: bool)
  const isKnownToFail = !empty(get(get(known, Folder(), {}), 'failure', ''))
  const missing = isKnownToFail ? Answer().failure : Missing()
  if !empty(missing)
    Refuse(missing)
    return
  endif
  const chosen = empty(name) ? Pick() : name
  if !empty(chosen)
    vimspector#LaunchWithConfigurations({[chosen]: Configuration(chosen, noDebug)})
  endif
enddef

# The last one first. Windows of vimspector begin as splits of a file's.
var entered: list<number>

export def Enter()
  const here = win_getid()
  entered->filter((_, window) => window != here && winbufnr(window) > 0)->insert(here)
enddef

# Where the user is. launch_ls_vimspector.py asks when a session starts, so that vimspector's own list has it too.
export def Place(): dict<any>
  const window = FileWindow()
  if window == 0
    return {}
  endif
  const [_, line, column; _] = getcursorcharpos(window)
  return {file: File(window), line: line, column: column}
enddef

# The last window that shows a file: vimspector's, terminals and help show none. 0: there is none.
def FileWindow(): number
  const windows = entered->copy()->filter((_, window) => !empty(File(window)))
  return get(windows, 0, 0)
enddef

def File(window: number): string
  const buffer = winbufnr(window)
  const name = buffer > 0 && empty(getbufvar(buffer, '&buftype')) ? bufname(buffer) : ''
  return empty(name) ? '' : fnamemodify(name, ':p')
enddef

def Folder(): string
  const folder = fnamemodify(File(FileWindow()), ':h')
  return isdirectory(folder) ? folder : getcwd()
enddef

# What launch-ls said of each folder, and what it is being asked.
var known: dict<dict<any>>
var asked: dict<bool>

# Keeps vimspector's list as it is in the launch.json of this folder; what the user has in it stays.
export def List(isAfresh: bool)
  if !exists('g:loaded_vimpector')
    return
  endif
  const folder = Folder()
  const answer = get(known, folder, {names: [], failure: 'unknown'})
  Offer(answer.names)
  if has_key(asked, folder) || empty(answer.failure) && !isAfresh
    return
  endif
  final asking = asked
  asking[folder] = true
  Read(folder, (given) => {
    if asking is asked
      remove(asked, folder)
      known[folder] = given
      if folder == Folder()
        Offer(given.names)
        Notify(folder, given.failure)
      endif
    endif
  })
enddef

# After launch.json was written: other folders may have the same one.
export def ListAgain()
  known = {}
  asked = {}
  List(true)
enddef

# For `-complete`: Vim replaces the last word of a name.
export def Names(lead: string, line: string, position: number): list<string>
  const typed = line->strpart(0, position)->matchstr('^\s*\a\+\s\+\zs.*')
  const names = Answer().names->filter((_, name) => stridx(name, typed) == 0)
  return names->mapnew((_, name) => strpart(name, len(typed) - len(lead)))
enddef

# What vimspector shows, where `launch-ls dap` has ended at once; it drops what is said at the end.
export def Silence(status: string, said: string): list<string>
  const text = $'launch-ls: "{Command()[0]} dap" has ended at once, with status {status}.'
  const more = said->split('\n')->add('Is it too old? npm install --global launch-ls')
  return [text]->extend(more)->extend(['', ':VimspectorReset to close down vimspector'])
enddef

# Within a channel's callback Vim takes a key only when the next one comes: so a key starts the question.
export def Later()
  feedkeys("\<Cmd>py3 __import__('launch_ls_vimspector').ask()\<CR>", 'n')
enddef

# What the server asks while a session starts: an input of launch.json. v:null: the user left it.
export def Ask(prompt: dict<any>): any
  var answer: any = v:null
  const [timed, milliseconds] = [&ttimeout, &ttimeoutlen]
  inputsave()
  try
    set ttimeout ttimeoutlen=50
    answer = prompt.kind == 'pick' ? AskItem(prompt) : AskText(prompt)
  catch /^Vim:Interrupt$/
  finally
    [&ttimeout, &ttimeoutlen] = [timed, milliseconds]
    inputrestore()
    redraw
    echo ''
  endtry
  return answer
enddef

def Configuration(name: string, noDebug: bool): dict<any>
  return {
    launch_ls: true,
    adapter: {
      name: 'launch-ls',
      command: Command()->extend(['dap']),
      custom_handler: 'launch_ls_vimspector.LaunchLs',
      async_timeout: PATIENCE,
    },
    breakpoints: {exception: get(g:, 'launch_ls_exceptions', {})->copy()},
    configuration: {request: 'launch', configuration: Literal(name), noDebug: noDebug, launchLs: true},
  }
enddef

# Milliseconds: a preLaunchTask, or the user at a question, may take as long.
const PATIENCE = 600000

# F5 shows these.
def Offer(names: list<string>)
  final offered = get(g:, 'vimspector_configurations', {})
    ->copy()
    ->filter((_, each) => !get(each, 'launch_ls', false))
  for name in names
    if !has_key(offered, name)
      offered[name] = Configuration(name, false)
    endif
  endfor
  g:vimspector_configurations = offered
enddef

def Pick(): string
  const answer = Answer()
  const names = answer.names
  if empty(names)
    Refuse(empty(answer.failure) ? 'No launch.json with a configuration is here or above.' : answer.failure)
    return ''
  endif
  return len(names) == 1 ? names[0] : get(names, Choose('Start', names), '')
enddef

def Answer(): dict<any>
  var answer: dict<any>
  Read(Folder(), (given) => {
    answer = given
  })
  while empty(answer)
    sleep 10m
  endwhile
  return answer
enddef

# Tells the names of the configurations, and the failure if launch-ls does not work.
def Read(folder: string, Tell: func(dict<any>))
  const missing = Missing()
  if !empty(missing)
    Tell({names: [], failure: missing})
    return
  endif
  var names: list<string>
  var said: list<string>
  var status = -1
  var isClosed = false
  const Finish = () => {
    if isClosed && status >= 0
      Tell({names: names, failure: Failure(status, said)})
    endif
  }
  job_start(Command()->extend(['list', '--names']), {
    cwd: folder,
    out_cb: (_, name) => names->add(name),
    err_cb: (_, line) => said->add(line),
    exit_cb: (_, ended) => {
      status = ended
      Finish()
    },
    close_cb: (_) => {
      isClosed = true
      Finish()
    },
  })
enddef

# 2: there is no configuration.
def Failure(status: number, said: list<string>): string
  if status == 0 || status == 2
    return ''
  endif
  const what = status == 126 || status == 127 ? 'cannot be started' : $'ended with status {status}'
  return $'launch-ls: "{Command()[0]}" {what}: {said->join(" ")}'
enddef

def Refuse(reason: string)
  echohl ErrorMsg
  echomsg reason
  echohl None
enddef

var notified: dict<bool>

# Once, and only where somebody would miss a configuration. A message would wait for Enter where it is long.
def Notify(folder: string, failure: string)
  if empty(failure) || has_key(notified, failure) || empty(finddir('.vscode', escape(folder, ' ,;\') .. ';'))
    return
  endif
  notified[failure] = true
  const bottom = &lines - &cmdheight - 1
  popup_notification(failure, {time: 10000, highlight: 'ErrorMsg', pos: 'botleft', line: bottom, col: 1})
enddef

# The index, or -1.
def Choose(title: string, labels: list<string>): number
  const lines = labels->mapnew((index, label) => $'{index + 1}: {label}')
  const chosen = inputlist([title]->extend(lines)) - 1
  return chosen < len(labels) ? chosen : -1
enddef

def AskItem(prompt: dict<any>): any
  const labels = prompt.items->mapnew((_, item) => join([item.label, get(item, 'detail', '')])->trim())
  const chosen = Choose(prompt.title, labels)
  return chosen < 0 ? v:null : prompt.items[chosen].value
enddef

# Vim's input() says '' for Escape too, so Escape answers with a text that nobody types.
def AskText(prompt: dict<any>): any
  const title = prompt.title .. ' '
  final mapped = maparg('<Esc>', 'c', false, true)
  cnoremap <Esc> <End><C-u><C-v>uE002<CR>
  var answer = ''
  try
    answer = prompt.password ? inputsecret(title) : input(title, get(prompt, 'value', ''))
  finally
    cunmap <Esc>
    if !empty(mapped)
      mapset(mapped)
    endif
  endtry
  return answer == "\uE002" ? v:null : answer
enddef

def Missing(): string
  const program = Command()[0]
  if !exists('g:loaded_vimpector')
    return 'launch-ls: vimspector is not installed (https://github.com/puremourning/vimspector).'
  endif
  return executable(program) ? '' : $'launch-ls: there is no "{program}"; set g:launch_ls_command.'
enddef

# vimspector expands what looks like a variable or a home folder: launch_ls_vimspector.py turns these back.
def Literal(text: string): string
  return tr(text, '$~', "\uE000\uE001")
enddef

def Command(): list<string>
  return get(g:, 'launch_ls_command', ['launch-ls'])->copy()
enddef
