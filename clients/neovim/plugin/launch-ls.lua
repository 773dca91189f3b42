if vim.g.loaded_launch_ls or vim.fn.has('nvim-0.10') == 0 then
  return
end
vim.g.loaded_launch_ls = true

local function call(name)
  return function(args)
    require('launch-ls')[name](args.args ~= '' and args.args or nil, args)
  end
end

local function command(name, run, options)
  vim.api.nvim_create_user_command(name, run, options)
end

local function complete(...)
  return require('launch-ls').complete(...)
end

local named = { nargs = '?', complete = complete }
command('LaunchDebug', call('debug'), vim.tbl_extend('error', named, { range = true, desc = 'Debug a configuration of launch.json' }))
command('LaunchRun', call('run'), vim.tbl_extend('error', named, { range = true, desc = 'Run a configuration without debugging' }))
command('LaunchRestart', call('restart'), { desc = 'Restart, with launch.json and env files read afresh' })
command('LaunchStop', call('stop'), { bang = true, desc = 'Stop the session, or with ! all sessions' })
command('LaunchResolve', call('resolve'), vim.tbl_extend('error', named, { bang = true, desc = 'Show what a configuration means' }))
command('LaunchNew', call('new'), { desc = 'Add a configuration to launch.json' })
command('LaunchOutput', call('output'), { desc = 'Show the output of tasks' })

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
