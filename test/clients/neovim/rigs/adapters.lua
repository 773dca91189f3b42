-- Which adapter gets what: ours every session of the server, a user's own one all else of its type.
local rig = dofile(vim.env.RIG_LUA)

rig.run(function()
  rig.edit('app.py')
  local own = {}
  local dap = require('dap')
  dap.adapters.python = function(use, config, parent)
    table.insert(own, { config.name, parent and parent.name })
    use({ type = 'executable', command = 'own' })
  end
  local function resolve(config, parent)
    local adapter
    dap.adapters[config.type](function(found)
      adapter = found
    end, config, parent)
    return adapter
  end

  vim.ui.input = function(_, done)
    done('x')
  end
  vim.fn.inputsecret = function()
    return 'x'
  end
  vim.ui.select = function(items, _, done)
    done(items[1])
  end
  vim.cmd('LaunchDebug asks')
  rig.await('run', function()
    return #dap.started == 1
  end)
  local stub = dap.started[1].config
  rig.equal({ stub.type, #own }, { 'python', 0 })

  -- The stub again, as in a restart; a child of the session, with its own address or its parent's.
  rig.equal(resolve(stub).port, 9)
  rig.equal(resolve({ type = 'python', token = 'child', connect = { host = '127.0.0.1', port = 11 } }, {}).port, 11)
  rig.equal(resolve({ type = 'python', token = 'child' }, { adapter = { host = '127.0.0.1', port = 12 } }).port, 12)
  rig.equal(#own, 0)
  -- A configuration of the user's own, and a child of it.
  rig.equal(resolve({ type = 'python', name = 'mine' }).command, 'own')
  rig.equal(resolve({ type = 'python', name = 'child' }, { name = 'mine' }).command, 'own')
  rig.equal(own, { { 'mine' }, { 'child', 'mine' } })

  -- Nobody else has an adapter for debugpy: what is written inline is the server's too.
  dap.run({ type = 'debugpy', request = 'launch', name = 'inline', program = 'app.py' })
  rig.await('inline run', function()
    return #dap.started == 2
  end)
  local inline = rig.heard('startDebug')[2].params.configuration
  rig.equal({ inline.name, inline.program }, { 'inline', 'app.py' })
  rig.equal(dap.started[2].config.token ~= nil, true)
  rig.equal(rig.shown(), {})
end)
