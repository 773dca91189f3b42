;;; launch-ls-json.el --- Edit launch.json with launch-ls  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: MIT

;;; Commentary:

;; A mode for launch.json and tasks.json: eglot or lsp-mode show what is wrong with
;; them, and ▶ in the margin starts a configuration.

;;; Code:

(require 'cl-lib)
(require 'launch-ls-server)
(require 'js)

(defvar eglot-server-programs)
(defvar lsp-language-id-configuration)
(declare-function eglot-ensure "eglot" ())
(declare-function launch-ls-debug "launch-ls" (name &optional folder))
(declare-function launch-ls-params "launch-ls" (name &optional folder))
(declare-function launch-ls-start "launch-ls" (root params &optional run))
(declare-function lsp-deferred "lsp-mode" ())
(declare-function lsp-find-session-folder "lsp-mode" (session file))
(declare-function lsp-get "lsp-protocol" (from key))
(declare-function lsp-register-client "lsp-mode" (client))
(declare-function lsp-session "lsp-mode" ())
(declare-function lsp-stdio-connection "lsp-mode" (command &optional test-command))
(declare-function lsp-workspace-folders-add "lsp-mode" (folder))
(declare-function lsp:command-arguments? "lsp-protocol" (command))
(declare-function make-lsp-client "lsp-mode" (&rest slots))

(defcustom launch-ls-marks t
  "Whether ▶ in the margin of launch.json starts a configuration."
  :type 'boolean
  :group 'launch-ls)

(defcustom launch-ls-checker 'auto
  "What tells mistakes in launch.json and tasks.json while they are edited.
`auto' means lsp-mode when it is loaded, else eglot when there is one."
  :type '(choice (const :tag "What is there" auto) (const eglot) (const lsp-mode) (const :tag "Nothing" nil))
  :group 'launch-ls)

(defvar launch-ls-json-mode-map
  (let ((map (make-sparse-keymap)))
    (define-key map (kbd "C-c C-c") #'launch-ls-debug-at-point)
    (define-key map [left-margin mouse-1] #'launch-ls-debug-at-click)
    map))

;;;###autoload
(define-derived-mode launch-ls-json-mode js-mode "Launch"
  "Major mode for launch.json and tasks.json: JSON with comments.
\\{launch-ls-json-mode-map}"
  ;; The server's folder is the one that has .vscode, whatever version control says.
  (add-hook 'project-find-functions #'launch-ls-json--project nil t)
  (when launch-ls-marks (launch-ls-marks-mode 1))
  (launch-ls-try #'launch-ls-json--check))

(defun launch-ls-json--project (directory)
  "Return the project of DIRECTORY, a .vscode folder."
  (when-let ((root (locate-dominating-file directory ".vscode")))
    (cons 'transient (expand-file-name root))))

(defun launch-ls-json--check ()
  "Let `launch-ls-checker' look at this buffer."
  (when (and buffer-file-name (not (file-remote-p buffer-file-name)))
    (pcase (if (eq launch-ls-checker 'auto)
               (cond ((featurep 'lsp-mode) 'lsp-mode) ((fboundp 'eglot-ensure) 'eglot))
             launch-ls-checker)
      ('eglot (eglot-ensure))
      ('lsp-mode
       (unless (lsp-find-session-folder (lsp-session) buffer-file-name)
         (lsp-workspace-folders-add (cdr (launch-ls-json--project default-directory))))
       (lsp-deferred)))))

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
      (launch-ls-try
       #'launch-ls-request-async root 'debug/configurations nil
       (lambda (result)
         (when (buffer-live-p buffer)
           (with-current-buffer buffer (launch-ls--mark (plist-get result :items)))))
       #'ignore))))

(defun launch-ls-json--changed (method params)
  "Show ▶ afresh in the folder of PARAMS, when METHOD is about a change of it."
  (when (eq method 'debug/didChangeConfigurations)
    (let ((root (launch-ls-uri-file (plist-get params :folder))))
      (dolist (buffer (buffer-list))
        (with-current-buffer buffer
          (when (and launch-ls-marks-mode (equal (launch-ls-root) root))
            (launch-ls-marks-refresh)))))
    t))

(add-hook 'launch-ls-message-functions #'launch-ls-json--changed)

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
          (overlay-put mark 'launch-ls-folder (plist-get item :folder))
          (overlay-put mark 'before-string
                       (propertize " " 'display `((margin left-margin) ,(propertize "▶" 'face 'success)))))))))

(defun launch-ls--show-margin ()
  "Give the window of this buffer its margin."
  (dolist (window (get-buffer-window-list nil nil t))
    (set-window-margins window left-margin-width right-margin-width)))

(defun launch-ls-debug-at-point ()
  "Debug the configuration that point is in, or whose ▶ is in the line of point."
  (interactive)
  (let ((mark (seq-find (lambda (overlay) (overlay-get overlay 'launch-ls-name))
                        (append (overlays-at (point))
                                (overlays-in (line-beginning-position) (line-end-position))))))
    (unless mark (user-error "Point is in no configuration"))
    (launch-ls-debug (overlay-get mark 'launch-ls-name) (overlay-get mark 'launch-ls-folder))))

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
                    :action-handlers (launch-ls-json--table "launch-ls.start" #'launch-ls-json--start-lsp)
                    ;; They are for the connection that starts sessions; here they would be warned of.
                    :notification-handlers (launch-ls-json--table "debug/didChangeConfigurations" #'ignore
                                                                  "debug/didChangeSession" #'ignore
                                                                  "debug/output" #'ignore)
                    :add-on? t
                    :server-id 'launch-ls)))

(defun launch-ls-json--table (&rest entries)
  "Return a hash table of ENTRIES, keys and values in turn."
  (let ((table (make-hash-table :test #'equal)))
    (cl-loop for (key value) on entries by #'cddr do (puthash key value table))
    table))

(defun launch-ls-json--start-lsp (command)
  "Start what COMMAND, a code lens or code action of lsp-mode, names."
  (let ((params (seq-elt (lsp:command-arguments? command) 0)))
    (launch-ls-json--start (lsp-get params :configuration) (lsp-get params :folder) (lsp-get params :noDebug))))

(defun launch-ls-json--start (name folder no-debug)
  "Start the configuration NAME of FOLDER, with NO-DEBUG not debugged."
  (launch-ls-start (launch-ls-root)
                   (append (launch-ls-params name folder) (and no-debug '(:noDebug t)))))

;;;###autoload
(defun launch-ls-json-setup-eglot ()
  "Register the server with eglot."
  (add-to-list 'eglot-server-programs
               (cons '(launch-ls-json-mode :language-id "jsonc")
                     (lambda (&rest _) (append (launch-ls-find-command)
                                               (and launch-ls-settings
                                                    (list :initializationOptions launch-ls-settings))))))
  (when (fboundp 'eglot-uri-to-path)
    (advice-add 'eglot-uri-to-path :filter-return #'launch-ls-json--decode))
  (launch-ls-json--handle-eglot))

(defun launch-ls-json--decode (file)
  "Return FILE as text when it is one of ours.
Eglot 1.17 takes a name that is not ASCII for bytes, which is the name
of no buffer: what the server tells of the file would be lost."
  (if (launch-ls--file-p file)
      (decode-coding-string file 'utf-8)
    file))

(defun launch-ls-json--handle-eglot ()
  "Start a configuration when that is the code action that the user picks in eglot."
  ;; Defined here: before eglot is loaded, there is nothing to add to.
  (cl-defmethod eglot-execute :extra "launch-ls" (_server action)
    (let* ((command (plist-get action :command))
           (params (and (equal (if (stringp command) command (plist-get command :command)) "launch-ls.start")
                        (seq-elt (plist-get (if (stringp command) action command) :arguments) 0))))
      (if params
          (launch-ls-json--start (plist-get params :configuration) (plist-get params :folder)
                                 (plist-get params :noDebug))
        (cl-call-next-method)))))

(provide 'launch-ls-json)
;;; launch-ls-json.el ends here
