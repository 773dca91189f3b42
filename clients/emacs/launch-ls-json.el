;;; launch-ls-json.el --- Edit launch.json with launch-ls  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: MIT

;;; Commentary:

;; A mode for launch.json and tasks.json, so that lsp-mode and eglot show what is
;; wrong with them, and ▶ in the margin that starts a configuration.

;;; Code:

(require 'launch-ls-server)
(require 'js)

(defvar eglot-server-programs)
(defvar lsp-language-id-configuration)
(declare-function launch-ls-debug "launch-ls" (name))
(declare-function launch-ls-items "launch-ls" (root))
(declare-function lsp-register-client "lsp-mode" (client))
(declare-function lsp-stdio-connection "lsp-mode" (command &optional test-command))
(declare-function make-lsp-client "lsp-mode" (&rest slots))

(defcustom launch-ls-marks t
  "Whether ▶ in the margin of launch.json starts a configuration."
  :type 'boolean
  :group 'launch-ls)

(defvar launch-ls-json-mode-map
  (let ((map (make-sparse-keymap)))
    (define-key map (kbd "C-c C-c") #'launch-ls-debug-at-point)
    (define-key map [left-margin mouse-1] #'launch-ls-debug-at-click)
    map))

;;;###autoload
(define-derived-mode launch-ls-json-mode js-mode "Launch"
  "Major mode for launch.json and tasks.json: JSON with comments."
  (when launch-ls-marks (launch-ls-marks-mode 1)))

;;;###autoload
(define-minor-mode launch-ls-marks-mode
  "Show ▶ beside each configuration of this launch.json."
  :lighter nil
  (cond (launch-ls-marks-mode
         (setq left-margin-width (max 2 left-margin-width))
         (add-hook 'after-save-hook #'launch-ls-marks-refresh nil t)
         (add-hook 'window-configuration-change-hook #'launch-ls--show-margin nil t)
         (launch-ls-marks-refresh))
        (t
         (remove-hook 'after-save-hook #'launch-ls-marks-refresh t)
         (remove-hook 'window-configuration-change-hook #'launch-ls--show-margin t)
         (remove-overlays (point-min) (point-max) 'launch-ls t))))

(defun launch-ls-marks-refresh ()
  "Show ▶ at the configurations of the saved file."
  (interactive)
  (when-let ((root (and buffer-file-name (file-exists-p buffer-file-name) (launch-ls-root))))
    (let ((buffer (current-buffer)))
      (launch-ls-request-async
       root 'debug/configurations nil
       (lambda (result)
         (when (buffer-live-p buffer)
           (with-current-buffer buffer (launch-ls--mark (plist-get result :items)))))
       #'ignore))))

(defun launch-ls--mark (items)
  "Put a mark beside each of ITEMS in this buffer."
  (remove-overlays (point-min) (point-max) 'launch-ls t)
  (seq-doseq (item items)
    (let* ((location (plist-get item :location))
           (range (plist-get location :range)))
      (when (equal (launch-ls-uri-file (plist-get location :uri)) buffer-file-name)
        (let ((mark (make-overlay (launch-ls-position (plist-get range :start))
                                  (launch-ls-position (plist-get range :end)))))
          (overlay-put mark 'launch-ls t)
          (overlay-put mark 'launch-ls-name (plist-get item :name))
          (overlay-put mark 'before-string
                       (propertize " " 'display `((margin left-margin) ,(propertize "▶" 'face 'success)))))))))

(defun launch-ls--show-margin ()
  "Give the window of this buffer its margin."
  (dolist (window (get-buffer-window-list nil nil t))
    (set-window-margins window left-margin-width right-margin-width)))

(defun launch-ls-debug-at-point ()
  "Debug the configuration that point is in."
  (interactive)
  (let ((mark (seq-find (lambda (overlay) (overlay-get overlay 'launch-ls-name)) (overlays-at (point)))))
    (unless mark (user-error "Point is in no configuration"))
    (launch-ls-debug (overlay-get mark 'launch-ls-name))))

(defun launch-ls-debug-at-click (event)
  "Debug the configuration whose ▶ was clicked by EVENT."
  (interactive "e")
  (goto-char (posn-point (event-start event)))
  (goto-char (next-single-char-property-change (line-beginning-position) 'launch-ls nil (line-end-position)))
  (launch-ls-debug-at-point))

;;; Language clients

(defun launch-ls--file-p (file)
  "Whether the server has something to say about FILE: its name decides."
  (string-match-p "\\(?:/\\.vscode/\\(?:launch\\|tasks\\)\\.json\\|/\\.env[^/]*\\|\\.env\\)\\'" file))

;;;###autoload
(defun launch-ls-json-setup-lsp ()
  "Register the server with lsp-mode, beside other servers of JSON."
  (add-to-list 'lsp-language-id-configuration '(launch-ls-json-mode . "jsonc"))
  (lsp-register-client
   (make-lsp-client :new-connection (lsp-stdio-connection #'launch-ls-find-command)
                    :activation-fn (lambda (file _mode) (and file (launch-ls--file-p file)))
                    :initialization-options (lambda () (or launch-ls-settings (make-hash-table)))
                    :add-on? t
                    :server-id 'launch-ls)))

;;;###autoload
(defun launch-ls-json-setup-eglot ()
  "Register the server with eglot."
  (add-to-list 'eglot-server-programs
               (cons 'launch-ls-json-mode (lambda (&rest _) (launch-ls-find-command)))))

(provide 'launch-ls-json)
;;; launch-ls-json.el ends here
