-- A Neovim with a screen, and a user who types: Neovim's own prompts, and the command line's completion.
local rig = dofile(vim.env.RIG_LUA)

rig.run(function()
  local command = { vim.env.RIG_EDITOR, '--embed', '-u', vim.env.RIG_INIT, '-i', 'NONE', '-n', rig.workspace .. '/app.py' }
  local user = vim.fn.jobstart(command, { rpc = true })
  local function call(name, ...)
    return vim.rpcrequest(user, name, ...)
  end
  local function waits_for(mode)
    rig.await('mode ' .. mode, function()
      return call('nvim_get_mode').mode == mode
    end)
  end
  call('nvim_ui_attach', 100, 30, { rgb = true })
  waits_for('n')

  local function answers(questions, keys)
    call('nvim_input', ':LaunchDebug asks<CR>')
    for index, typed in ipairs(keys) do
      rig.await('question ' .. index, function()
        return call('nvim_get_mode').blocking or call('nvim_get_mode').mode == 'c'
      end)
      call('nvim_input', typed)
      rig.await('answer ' .. index, function()
        return #rig.heard('answered') == questions + index
      end)
    end
    return rig.heard('answered')[questions + #keys].params
  end
  rig.equal(answers(0, { '<CR>', 's3cret<CR>', '2<CR>' }), { '8000', 's3cret', 's' })
  rig.equal(answers(3, { '<C-u>9%1<CR>', '<Esc>' }), { '9%1', vim.NIL })
  rig.equal(answers(5, { '<Esc>' }), { vim.NIL })

  call('nvim_input', '<Esc>:LaunchDebug my<Tab>')
  rig.await('completion', function()
    return call('nvim_eval', 'getcmdline()') == 'LaunchDebug my app'
  end)
  call('nvim_input', '<CR>')
  rig.await('start', function()
    local starts = rig.heard('startDebug')
    return starts[#starts].params.configuration == 'my app'
  end)
  vim.rpcnotify(user, 'nvim_command', 'qall!')
  rig.equal(vim.fn.jobwait({ user }, 5000), { 0 })
end)
