-- Uses `youtu lsp --stdio` in Neovim as a user does, and writes the results as JSON.
--   nvim --clean -l neovim.lua REQUEST.json ANSWER.json
local args = _G.arg
local request = vim.json.decode(table.concat(vim.fn.readfile(args[1]), '\n'))
local report = { version = tostring(vim.version()), progress = {}, exits = {}, notes = {} }

vim.notify = function(message) table.insert(report.notes, message) end
vim.api.nvim_create_autocmd('LspProgress', {
  callback = function(event)
    local value = event.data.params.value
    if value.kind ~= 'report' then table.insert(report.progress, value.kind .. ' ' .. value.title) end
  end,
})

local function start(name, options)
  local id = vim.lsp.start({
    name = name,
    cmd = request.cmd,
    root_dir = vim.fs.dirname(request.file),
    init_options = options,
    on_exit = function(code, signal) table.insert(report.exits, { code = code, signal = signal }) end,
  })
  local client = assert(vim.lsp.get_client_by_id(id))
  assert(vim.wait(30000, function() return client.initialized end, 20), 'not initialized')
  return client
end

local function lines() return vim.api.nvim_buf_get_lines(0, 0, -1, false) end

local function run()
  vim.cmd.edit(request.file)
  vim.bo.filetype = 'python'
  local buffer = vim.api.nvim_get_current_buf()
  local client = start('youtu', request.options)
  report.capabilities = client.server_capabilities

  -- Completion at the end of the first line that ends in "su".
  local row = vim.fn.search('su$', 'w')
  vim.api.nvim_win_set_cursor(0, { row, #vim.fn.getline(row) })
  local at = vim.lsp.util.make_position_params(0, client.offset_encoding)
  at.position.character = #vim.fn.getline(row)
  local list = assert(client:request_sync('textDocument/completion', at, 60000, buffer))
  report.completion = list.result
  local item = list.result.items[1]
  if item then vim.lsp.util.apply_text_edits({ item.textEdit }, buffer, client.offset_encoding) end
  report.completed = lines()

  -- Ghost text by hand, as docs/editors.md shows it for this version.
  local after = vim.lsp.util.make_position_params(0, client.offset_encoding)
  after.context = { triggerKind = 2 }
  report.ghost = assert(client:request_sync('textDocument/inlineCompletion', after, 60000, buffer)).err == nil

  -- Another server's diagnostic, and its fix from the menu of code actions.
  local problem = vim.fn.search('vlaues', 'w')
  local column = vim.fn.getline(problem):find('vlaues', 1, true) - 1
  vim.api.nvim_win_set_cursor(0, { problem, column })
  vim.diagnostic.set(vim.api.nvim_create_namespace('other'), buffer, {
    { lnum = problem - 1, col = column, end_col = column + 6, message = '"vlaues" is not defined', severity = 1 },
  })
  local before = vim.api.nvim_buf_get_changedtick(buffer)
  vim.lsp.buf.code_action({
    context = { diagnostics = vim.lsp.diagnostic.from(vim.diagnostic.get(buffer, { lnum = problem - 1 })) },
    filter = function(action)
      report.actions = report.actions or {}
      table.insert(report.actions, action.title)
      return vim.startswith(action.title, 'Fix with')
    end,
    apply = true,
  })
  vim.wait(120000, function() return vim.api.nvim_buf_get_changedtick(buffer) ~= before end, 50)
  report.fixed = lines()

  -- An explanation by a small model, since its text doesn't matter.
  client:stop()
  local small = start('small', request.small)
  local range = vim.lsp.util.make_range_params(0, small.offset_encoding).range
  small:exec_cmd({
    title = 'Explain',
    command = 'youtu.explain',
    arguments = { { uri = vim.uri_from_bufnr(buffer), range = range } },
  })
  vim.wait(120000, function() return #vim.api.nvim_list_wins() > 1 end, 50)
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    local shown = vim.api.nvim_win_get_buf(window)
    if shown ~= buffer then
      report.explanation = vim.api.nvim_buf_get_lines(shown, 0, -1, false)
      report.keepsFocus = vim.api.nvim_get_current_buf() == buffer
    end
  end
  small:stop()
  vim.wait(10000, function() return #report.exits == 2 end, 20)
end

local ok, err = xpcall(run, debug.traceback)
if not ok then report.error = err end
vim.fn.writefile({ vim.json.encode(report) }, args[2])
vim.cmd('qall!')
