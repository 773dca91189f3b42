if vim.g.loaded_launch_ls or vim.fn.has('nvim-0.10') == 0 then
  return
end
vim.g.loaded_launch_ls = true

local function call(name)
  return function(args)
    require('launch-ls')[name](args.args ~= '' and args.args or nil, args)
  end
end

local function complete(...)
  return require('launch-ls').complete(...)
end

local function command(name, method, options)
  vim.api.nvim_create_user_command(name, call(method), options)
end

local function named(options)
  return vim.tbl_extend('error', { nargs = '?', complete = complete }, options)
end

command('LaunchDebug', 'debug', named({ range = true, desc = 'Debug a configuration of launch.json' }))
command('LaunchRun', 'run', named({ range = true, desc = 'Run a configuration without debugging' }))
command('LaunchRestart', 'restart', { desc = 'Restart, with launch.json and env files read afresh' })
command('LaunchStop', 'stop', { bang = true, desc = 'Stop the session, or with ! all sessions' })
command('LaunchResolve', 'resolve', named({ bang = true, desc = 'Show what a configuration means' }))
command('LaunchNew', 'new', { desc = 'Add a configuration to launch.json' })
command('LaunchOutput', 'output', { desc = 'Show the output of tasks' })

local group = vim.api.nvim_create_augroup('launch-ls', {})
vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile', 'FileType' }, {
  group = group,
  callback = function(event)
    require('launch-ls.server').attach(event.buf)
  end,
})
require('launch-ls.lazy').when_loaded('dap', function(dap)
  require('launch-ls.dap').register(dap)
end)
