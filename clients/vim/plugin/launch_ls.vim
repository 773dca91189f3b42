vim9script
# launch-ls in Vim 9 with vimspector: the configurations of launch.json are vimspector's own.
if exists('g:loaded_launch_ls')
  finish
endif
g:loaded_launch_ls = true

import autoload 'launch_ls.vim'

command -nargs=? -complete=customlist,launch_ls.Names LaunchDebug launch_ls.Start(<q-args>, false)
command -nargs=? -complete=customlist,launch_ls.Names LaunchRun launch_ls.Start(<q-args>, true)
command LaunchRestart vimspector#Restart()
command LaunchStop vimspector#Stop()

augroup launch_ls
  autocmd!
  autocmd BufEnter,WinEnter * launch_ls.Enter()
  autocmd BufEnter,WinEnter *.py,*.pyw,launch.json,*.code-workspace launch_ls.List(false)
  autocmd BufWinEnter *.py,*.pyw,launch.json,*.code-workspace launch_ls.List(true)
  autocmd BufWritePost launch.json,*.code-workspace launch_ls.ListAgain()
augroup END
