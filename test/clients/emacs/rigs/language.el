;;; lsp-mode and eglot as a user has them, in a batch Emacs -*- lexical-binding: t; no-byte-compile: t -*-
(defvar rig-client (intern (getenv "RIG_LANGUAGE_CLIENT")) "The language client: eglot or lsp-mode.")
(setq launch-ls-checker rig-client)
(require rig-client)
;; Of Debian 12's packages one needs a newer treemacs than there is.
(when (< emacs-major-version 30) (setq lsp-enable-dap-auto-configure nil))

(defun rig-idle ()
  "Do what Emacs does after a command and when it is idle, and never in batch."
  (run-hooks 'post-command-hook)
  (when (eq rig-client 'lsp-mode)
    (advice-add 'lsp-deferred :override #'lsp)))
(rig-idle)

(defun rig-serve-python ()
  "Have another server for Python, which stands in for pyright."
  (let ((command (list (getenv "RIG_NODE") (getenv "RIG_OTHER_SERVER"))))
    (pcase rig-client
      ('eglot (add-to-list 'eglot-server-programs (cons 'python-mode command)))
      ('lsp-mode (lsp-register-client
                  (make-lsp-client :new-connection (lsp-stdio-connection command)
                                   :major-modes '(python-mode)
                                   :priority 100
                                   :server-id 'other))))))

(defun rig-diagnostics (text)
  "Return what is said of the line of this buffer that holds TEXT."
  (save-excursion
    (goto-char (point-min))
    (search-forward text)
    (mapconcat #'identity
               (if (eq rig-client 'eglot)
                   (mapcar #'flymake-diagnostic-text
                           (flymake-diagnostics (line-beginning-position) (line-end-position)))
                 (mapcar #'lsp:diagnostic-message
                         (seq-filter (lambda (diagnostic)
                                       (= (lsp:position-line (lsp:range-start (lsp:diagnostic-range diagnostic)))
                                          (1- (line-number-at-pos))))
                                     (gethash buffer-file-name (lsp-diagnostics)))))
               "\n")))

(defun rig-flush ()
  "Send what was edited to the server: clients wait for an idle moment."
  (pcase rig-client
    ('eglot (eglot--signal-textDocument/didChange))
    ('lsp-mode (when (fboundp 'lsp--flush-delayed-changes) (lsp--flush-delayed-changes)))))
