/**
 * What editors say of themselves at `initialize`, as far as the server looks at it: Neovim, eglot (Emacs 30) and
 * lsp-mode 10 as they were asked, without snippets where those come with another package; Sublime Text as its package
 * LSP has it written; and a client that can do all of it.
 */
export const CLIENTS = {
  nothing: {},
  'Neovim 0.10': {
    workspace: {
      applyEdit: true,
      configuration: true,
      didChangeConfiguration: { dynamicRegistration: false },
      inlayHint: { refreshSupport: true },
      workspaceEdit: { resourceOperations: ['rename', 'create', 'delete'] },
      workspaceFolders: true,
    },
    textDocument: {
      codeAction: literals(),
      completion: {
        completionItem: { snippetSupport: false, documentationFormat: ['markdown', 'plaintext'] },
        completionItemKind: { valueSet: upTo(25) },
      },
      diagnostic: {},
      documentSymbol: { hierarchicalDocumentSymbolSupport: true, symbolKind: { valueSet: upTo(26) } },
      hover: { contentFormat: ['markdown', 'plaintext'] },
      inlayHint: {},
      publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
      rename: { prepareSupport: true },
      semanticTokens: semanticTokens({ full: { delta: true }, range: false }),
    },
  },
  eglot: {
    workspace: {
      applyEdit: true,
      configuration: true,
      workspaceEdit: { documentChanges: true },
      workspaceFolders: true,
    },
    textDocument: {
      codeAction: literals(),
      completion: { completionItem: { snippetSupport: false } },
      documentSymbol: { hierarchicalDocumentSymbolSupport: true, symbolKind: { valueSet: upTo(26) } },
      hover: { contentFormat: ['markdown', 'plaintext'] },
      inlayHint: {},
      publishDiagnostics: { relatedInformation: false, tagSupport: { valueSet: [1, 2] } },
      rename: {},
    },
  },
  'lsp-mode': {
    workspace: {
      applyEdit: true,
      codeLens: { refreshSupport: true },
      configuration: true,
      diagnostics: { refreshSupport: false },
      workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
      workspaceFolders: true,
    },
    textDocument: {
      codeAction: literals(),
      completion: {
        completionItem: {
          snippetSupport: true,
          documentationFormat: ['markdown', 'plaintext'],
          insertReplaceSupport: true,
          insertTextModeSupport: { valueSet: [1, 2] },
        },
      },
      diagnostic: { relatedDocumentSupport: false },
      documentSymbol: { hierarchicalDocumentSymbolSupport: true, symbolKind: { valueSet: upTo(26) } },
      foldingRange: {},
      hover: { contentFormat: ['markdown', 'plaintext'] },
      publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
      rename: { prepareSupport: true },
    },
  },
  Sublime: {
    workspace: {
      applyEdit: true,
      codeLens: { refreshSupport: true },
      configuration: true,
      diagnostics: { refreshSupport: true },
      didChangeConfiguration: { dynamicRegistration: true },
      inlayHint: { refreshSupport: true },
      workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
      workspaceFolders: true,
    },
    textDocument: {
      codeAction: literals(),
      codeLens: {},
      completion: {
        completionItem: {
          snippetSupport: true,
          documentationFormat: ['markdown', 'plaintext'],
          insertReplaceSupport: true,
          insertTextModeSupport: { valueSet: [2] },
        },
        completionItemKind: { valueSet: upTo(25) },
      },
      diagnostic: { relatedDocumentSupport: true },
      documentSymbol: { hierarchicalDocumentSymbolSupport: true, symbolKind: { valueSet: upTo(26) } },
      foldingRange: {},
      hover: { contentFormat: ['markdown', 'plaintext'] },
      inlayHint: {},
      publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
      rename: { prepareSupport: true },
      semanticTokens: semanticTokens({ full: { delta: true }, range: true }),
    },
  },
  everything: {
    experimental: { debug: { prompt: true, commands: ['editor.ask'] } },
    workspace: {
      applyEdit: true,
      codeLens: { refreshSupport: true },
      configuration: true,
      diagnostics: { refreshSupport: true },
      didChangeConfiguration: { dynamicRegistration: true },
      inlayHint: { refreshSupport: true },
      workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
      workspaceFolders: true,
    },
    textDocument: {
      codeAction: literals(),
      codeLens: {},
      completion: {
        completionItem: {
          snippetSupport: true,
          documentationFormat: ['markdown', 'plaintext'],
          insertReplaceSupport: true,
          insertTextModeSupport: { valueSet: [1, 2] },
        },
        completionItemKind: { valueSet: upTo(25) },
      },
      diagnostic: {},
      documentSymbol: { hierarchicalDocumentSymbolSupport: true, symbolKind: { valueSet: upTo(26) } },
      foldingRange: { rangeLimit: 100 },
      hover: { contentFormat: ['markdown', 'plaintext'] },
      inlayHint: {},
      publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
      rename: { prepareSupport: true },
      semanticTokens: semanticTokens({ full: true, range: true }),
    },
  },
} as const satisfies Readonly<Record<string, object>>

export type ClientName = keyof typeof CLIENTS

function upTo(last: number): readonly number[] {
  return Array.from({ length: last }, (_, index) => index + 1)
}

function literals(): object {
  return {
    codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor', 'source'] } },
  }
}

function semanticTokens(requests: object): object {
  return {
    requests,
    tokenTypes: ['variable', 'parameter'],
    tokenModifiers: ['deprecated'],
    formats: ['relative'],
  }
}
