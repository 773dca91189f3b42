;;; What a configuration means, a new one, and the marks in launch.json -*- lexical-binding: t; no-byte-compile: t -*-
(defvar started nil)
(rig-stand-in (lambda (session) (push session started)))

(defun resolved (&rest arguments)
  (let ((name "*launch-ls configuration*"))
    (when (get-buffer name) (kill-buffer name))
    (rig-edit "app.py")
    (apply #'launch-ls-resolve arguments)
    (rig-text (rig-await "page" (lambda () (get-buffer name))))))

(rig-run
 (rig-edit "app.py")
 (rig-equal (resolved "my app")
            "// my app
// warning: There is no app.py. (.vscode/launch.json:4)
{
  \"program\": \"/ws/app.py\",  // (default)
  \"env\": {
    \"MODE\": \"••••\"  // (app.env:1)
  },
  \"args\": [
    \"-v\",
    2  // (.vscode/launch.json:5)
  ]
}
")
 (unless (string-search "\"MODE\": \"dev\"" (resolved "my app" t)) (error "secrets are hidden"))

 (rig-edit "app.py")
 (rig-with-answers '("Python File") (launch-ls-new-configuration))
 (rig-equal buffer-file-name (expand-file-name ".vscode/launch.json" rig-ws))
 (rig-equal (buffer-substring (point-min) (+ (point-min) 6)) "// new")

 (rig-equal major-mode 'launch-ls-json-mode)
 (rig-await "marks" (lambda () (seq-find (lambda (overlay) (overlay-get overlay 'launch-ls-name))
                                         (overlays-in (point-min) (point-max)))))
 (goto-char (point-min))
 (forward-line 2)
 (launch-ls-debug-at-point)
 (rig-await "session" (lambda () started)))
