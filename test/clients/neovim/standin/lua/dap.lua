--- Stands in for nvim-dap where it is not installed: what launch-ls uses of it, and a record of what it did.
local M = {
  adapters = {},
  providers = { configs = {} },
  listeners = { before = setmetatable({}, {
    __index = function(events, name)
      rawset(events, name, {})
      return events[name]
    end,
  }) },
  --- @type { adapter: table, config: table }[] sessions: what nvim-dap would connect to, and send as `launch`
  started = {},
  terminated = {},
}

function M.run(config, options)
  M.last = { config, options }
  M.adapters[config.type](function(adapter)
    local function start(enriched)
      table.insert(M.started, { adapter = adapter, config = enriched, options = options })
    end
    if adapter.enrich_config then
      adapter.enrich_config(config, start)
    else
      start(config)
    end
  end, config)
end

function M.run_last()
  M.run(unpack(M.last))
end

function M.session() end

function M.sessions()
  return { {} }
end

function M.set_session() end

function M.terminate(options)
  table.insert(M.terminated, options)
end

return M
