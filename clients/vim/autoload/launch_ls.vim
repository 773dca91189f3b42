vim9script
# All that is known of debugging is in `launch-ls dap`: this names a configuration, and says where the cursor is.

export def Start(name: string, noDebug: bool)
  const missing = Missing()
  if !empty(missing)
    echohl ErrorMsg
    echomsg missing
    echohl None
    return
  endif
  const chosen = empty(name) ? Pick() : name
  if empty(chosen)
    return
  endif
  vimspector#LaunchWithConfigurations({[chosen]: Configuration(chosen, {
    file: Literal(expand('%:p')),
    line: line('.'),
    column: charcol('.'),
    noDebug: noDebug,
  })})
enddef

# Keeps vimspector's list as it is in launch.json; what the user has in it stays.
export def List(folder: string)
  if !isdirectory(folder) || !empty(Missing())
    return
  endif
  var names: list<string>
  job_start(Command()->extend(['list', '--names']), {
    cwd: folder,
    out_cb: (_, name) => names->add(name),
    err_io: 'null',
    close_cb: (_) => Offer(names),
  })
enddef

# For `-complete`.
export def Names(..._): string
  return Listed()->join("\n")
enddef

# In a channel's callback Vim takes each key of a question only when the next one comes: it asks as if a key had said so.
export def Later()
  feedkeys("\<Cmd>py3 __import__('launch_ls_vimspector').ask()\<CR>", 'n')
enddef

# What the server asks while a session starts: an input of launch.json. v:null: the user left it.
export def Ask(prompt: dict<any>): any
  var answer: any = v:null
  const [timed, patience] = [&ttimeout, &ttimeoutlen]
  inputsave()
  try
    set ttimeout ttimeoutlen=50
    answer = prompt.kind == 'pick' ? AskItem(prompt) : AskText(prompt)
  catch /^Vim:Interrupt$/
  finally
    [&ttimeout, &ttimeoutlen] = [timed, patience]
    inputrestore()
    redraw
  endtry
  return answer
enddef

def Configuration(name: string, place: dict<any>): dict<any>
  return {
    launch_ls: true,
    adapter: {
      name: 'launch-ls',
      command: Command()->extend(['dap']),
      custom_handler: 'launch_ls_vimspector.LaunchLs',
      async_timeout: PATIENCE,
    },
    breakpoints: {exception: get(g:, 'launch_ls_exceptions', {})->copy()},
    configuration: {request: 'launch', configuration: Literal(name), launchLs: true}->extend(place),
  }
enddef

# Milliseconds: a preLaunchTask, or the user at a question, may take as long.
const PATIENCE = 600000

# F5 shows these. What stands for the file is vimspector's own, filled in when it starts one.
def Offer(names: list<string>)
  final offered = get(g:, 'vimspector_configurations', {})
    ->copy()
    ->filter((_, each) => !get(each, 'launch_ls', false))
  for name in names
    if !has_key(offered, name)
      offered[name] = Configuration(name, {file: '$file'})
    endif
  endfor
  g:vimspector_configurations = offered
enddef

def Pick(): string
  const names = Listed()
  if empty(names)
    echo 'No launch.json with a configuration is here or above.'
    return ''
  endif
  return len(names) == 1 ? names[0] : get(names, Choose('Start', names), '')
enddef

def Listed(): list<string>
  const folder = expand('%:p:h')
  const where = isdirectory(folder) ? folder : getcwd()
  var names: list<string>
  final job = job_start(Command()->extend(['list', '--names']), {
    cwd: where,
    out_cb: (_, name) => names->add(name),
    err_io: 'null',
  })
  while ch_status(job_getchannel(job)) != 'closed'
    sleep 10m
  endwhile
  return names
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
