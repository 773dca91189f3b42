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

(rig-run
 (rig-at "app.py" 7)
 (rig-break)
 (rig-edit ".vscode/launch.json")
 (rig-equal major-mode 'launch-ls-json-mode)
 (rig-idle)
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

 ;; What the client offers at the configuration.
 (goto-char (point-min))
 (search-forward "\"app\"")
 (pcase rig-client
   ('eglot
    (eglot-execute (eglot-current-server)
                   (seq-find (lambda (action) (equal (plist-get action :title) "▶ Debug app"))
                             (eglot-code-actions (point) (point)))))
   ('lsp-mode
    (lsp-execute-code-action (seq-find (lambda (action) (equal (lsp:code-action-title action) "▶ Debug app"))
                                       (lsp-code-actions-at-point)))))
 (let ((session (rig-stopped "app.py" 7 "app")))
   (rig-equal (rig-local session "total") "42"))
 (launch-ls-stop)
 (rig-ended))
