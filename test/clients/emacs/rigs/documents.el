;;; launch.json itself: mistakes that follow edits, ▶ in the margin, starts from it -*- lexical-binding: t; no-byte-compile: t -*-
(defun marks ()
  "Return the names beside which ▶ is, in order."
  (mapcar (lambda (overlay) (overlay-get overlay 'launch-ls-name))
          (sort (seq-filter (lambda (overlay) (overlay-get overlay 'launch-ls-name))
                            (overlays-in (point-min) (point-max)))
                (lambda (a b) (< (overlay-start a) (overlay-start b))))))

(defun await-said (text word)
  (rig-await (format "%s in the line of %s" word text)
             (lambda () (string-search word (rig-diagnostics text)))))

(setq launch-ls-settings '(:debugpy (:justMyCode t)))

(rig-run
 (rig-at "app.py" 7)
 (rig-break)
 (rig-edit ".vscode/launch.json")
 (rig-equal major-mode 'launch-ls-json-mode)
 (rig-idle)
 (when (eq rig-client 'eglot)
   (rig-equal (eglot-initialization-options (rig-await "eglot" #'eglot-current-server)) launch-ls-settings))
 (await-said "nowhere.py" "nowhere.py does not exist")

 (goto-char (point-min))
 (search-forward "\"configurations\": [")
 (insert "\n    { \"name\": \"new\", \"type\": \"debugpy\", \"request\": \"lunch\" },")
 (rig-flush)
 (await-said "\"new\"" "lunch")
 (rig-await "marks" (lambda () (member "app" (marks))))
 (rig-equal (member "new" (marks)) nil)

 (search-backward "lunch")
 (replace-match "launch")
 (save-buffer)
 (rig-await "end of the mistake" (lambda () (not (string-search "lunch" (rig-diagnostics "\"new\"")))))
 (rig-await "a new mark" (lambda () (member "new" (marks))))
 (rig-equal (car (last (marks))) "both")

 ;; C-c C-c, anywhere in a line that has ▶.
 (let (names)
   (cl-letf (((symbol-function 'launch-ls-debug) (lambda (name &optional _folder) (push name names))))
     (dolist (move '(beginning-of-line end-of-line))
       (goto-char (point-min))
       (search-forward "\"app\"")
       (funcall move)
       (call-interactively (key-binding (kbd "C-c C-c"))))
     (goto-char (point-min))
     (rig-equal (condition-case failure (launch-ls-debug-at-point) (user-error (cadr failure)))
                "Point is in no configuration"))
   (rig-equal names '("app" "app")))

 ;; What the client offers at the configuration: a code action, or a lens.
 (goto-char (point-min))
 (search-forward "\"app\"")
 (pcase rig-client
   ('eglot
    (eglot-execute (eglot-current-server)
                   (seq-find (lambda (action) (equal (plist-get action :title) "▶ Debug app"))
                             (eglot-code-actions (point) (point)))))
   ('lsp-mode
    (let ((lens (seq-find (lambda (lens)
                            (equal (lsp:command-title (lsp:code-lens-command? lens)) "▶ Debug app"))
                          (lsp-request "textDocument/codeLens"
                                       (list :textDocument (lsp--text-document-identifier))))))
      (lsp--execute-command (lsp:code-lens-command? lens)))))
 (let ((session (rig-stopped "app.py" 7 "app")))
   (rig-equal (rig-local session "total") "42"))
 (launch-ls-stop)
 (rig-ended))
