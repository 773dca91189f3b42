/** What editors say of themselves at `initialize`, as far as language features look at it. */
export const CLIENTS: Readonly<Record<string, object>> = {
  nothing: {},
  'Neovim 0.10': {
    workspace: { workspaceEdit: { resourceOperations: ['rename', 'create', 'delete'] }, configuration: true },
    textDocument: {
      completion: {
        completionItem: { snippetSupport: true, documentationFormat: ['markdown', 'plaintext'] },
      },
      hover: { contentFormat: ['markdown', 'plaintext'] },
      documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      rename: { prepareSupport: true },
      semanticTokens: {
        requests: { full: true, range: false },
        tokenTypes: [],
        tokenModifiers: [],
        formats: [],
      },
      inlayHint: {},
      codeLens: {},
      diagnostic: {},
    },
  },
  eglot: {
    workspace: { workspaceEdit: { documentChanges: true } },
    textDocument: {
      completion: {
        completionItem: {
          snippetSupport: false,
          documentationFormat: ['plaintext'],
        },
      },
      hover: { contentFormat: ['markdown', 'plaintext'] },
      documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      rename: { prepareSupport: true },
      inlayHint: {},
    },
  },
  'lsp-mode': {
    workspace: {
      workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
    },
    textDocument: {
      completion: {
        completionItem: {
          snippetSupport: true,
          documentationFormat: ['markdown', 'plaintext'],
          insertReplaceSupport: true,
          insertTextModeSupport: { valueSet: [1, 2] },
        },
      },
      hover: { contentFormat: ['markdown', 'plaintext'] },
      documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      rename: { prepareSupport: true },
      codeLens: {},
      foldingRange: { rangeLimit: 1, lineFoldingOnly: true },
    },
  },
  Sublime: {
    workspace: {
      workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
    },
    textDocument: {
      completion: {
        completionItem: {
          snippetSupport: true,
          documentationFormat: ['markdown', 'plaintext'],
          insertReplaceSupport: true,
          insertTextModeSupport: { valueSet: [2] },
        },
      },
      hover: { contentFormat: ['markdown', 'plaintext'] },
      documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      rename: { prepareSupport: true },
      semanticTokens: {
        requests: { full: true, range: true },
        tokenTypes: [],
        tokenModifiers: [],
        formats: [],
      },
      inlayHint: {},
      codeLens: {},
    },
  },
}
