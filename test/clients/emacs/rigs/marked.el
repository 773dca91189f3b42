;;; dap-mode as the README has it: breakpoints and the line of a stop are seen -*- lexical-binding: t; no-byte-compile: t -*-
(load (expand-file-name "autoloads" (file-name-directory load-file-name)) nil t)
(setq launch-ls-debugger 'dap-mode)

(defun rig-faces (line)
  "Return the faces and marks of dap-mode in LINE."
  (save-excursion
    (goto-char (point-min))
    (forward-line (1- line))
    (seq-filter (lambda (overlay)
                  (seq-some (lambda (property) (overlay-get overlay property))
                            '(dap-ui-overlay face before-string)))
                (overlays-in (line-beginning-position) (line-end-position)))))

(rig-run
 (rig-edit "app.py")
 (goto-char (point-min))
 (forward-line 6)
 (call-interactively #'dap-breakpoint-toggle)
 (rig-await "mark of the breakpoint" (lambda () (rig-faces 7)))
 (rig-equal (bound-and-true-p dap-mode) t)
 (rig-equal (bound-and-true-p dap-ui-mode) t)
 (launch-ls-debug "app")
 (rig-await "stop" (lambda () (when-let ((session (dap--cur-session)))
                                (dap--debug-session-thread-id session)))
            20)
 (rig-await "mark of the stop"
            (lambda () (with-current-buffer (find-buffer-visiting (expand-file-name "app.py" rig-ws))
                         (seq-find (lambda (overlay) (eq (overlay-get overlay 'face) 'dap-ui-marker-face))
                                   (overlays-in (point-min) (point-max))))))
 (launch-ls-stop)
 (rig-await "end" (lambda () (not (seq-find #'dap--session-running (dap--get-sessions)))) 20))
