-- What the server asks, answered and cancelled.
local rig = dofile(vim.env.RIG_LUA)
local asked = {}

local function answer(input, secret, choice)
  asked = {}
  vim.ui.input = function(options, done)
    table.insert(asked, { options.prompt, options.default })
    vim.schedule(function()
      done(input)
    end)
  end
  vim.fn.inputsecret = function(options)
    table.insert(asked, { options.prompt, 'secret' })
    return secret == nil and options.cancelreturn or secret
  end
  vim.ui.select = function(items, options, done)
    table.insert(asked, { options.prompt, vim.tbl_map(options.format_item, items) })
    done(items[choice])
  end
end

local function start()
  local before = #rig.heard('startDebug')
  vim.cmd('LaunchDebug asks')
  rig.await('request', function()
    return #rig.heard('startDebug') > before
  end)
end

--- Waits for the answers that the server got after as many questions of all starts.
local function answers(questions)
  return rig.await('answers', function()
    local heard = rig.heard('answered')
    return #heard == questions and heard[questions].params
  end)
end

rig.run(function()
  rig.edit('app.py')
  local dap = require('dap')
  answer('80\\00%1', '  s3cret ', 2)
  start()
  rig.equal(answers(3), { '80\\00%1', '  s3cret ', 's' })
  rig.equal(asked, { { 'Port: ', '8000' }, { 'Token: ', 'secret' }, { 'Mode', { 'fast', 'slow  safe' } } })
  answer('', '', 1)
  start()
  rig.equal(answers(6), { '', '', 'f' })
  rig.await('runs', function()
    return #dap.started == 2
  end)

  local cancelled = { { nil, 'x', 1 }, { 'x', nil, 1 }, { 'x', 'x', 3 } }
  local got = { { vim.NIL }, { 'x', vim.NIL }, { 'x', 'x', vim.NIL } }
  for row, questions in ipairs({ 7, 9, 12 }) do
    answer(unpack(cancelled[row], 1, 3))
    start()
    rig.equal(answers(questions), got[row])
    rig.equal(#asked, row)
  end
  rig.equal(#dap.started, 2)
  rig.equal(rig.shown(), {})
end)
