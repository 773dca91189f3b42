;;; launch-ls.el --- Debug what .vscode/launch.json says  -*- lexical-binding: t; -*-

;; Author: The launch-ls authors
;; URL: https://github.com/launch-ls/launch-ls
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: tools, languages

;; SPDX-License-Identifier: MIT

;;; Commentary:

;; launch-ls reads the .vscode/launch.json of a folder and starts what it says in
;; dape or dap-mode, exactly as VS Code does: variables, inputs, env files, tasks,
;; compounds, child processes.  It works beside any language server of Python, and
;; without one.
;;
;;   (launch-ls-setup)
;;   (global-set-key (kbd "<f5>") #'launch-ls-debug-or-continue)
;;
;; M-x dap-debug and M-x dape offer the configurations too.  In launch.json itself,
;; lsp-mode and eglot show what is wrong, and ▶ in the margin starts a configuration.

;;; Code:

(require 'launch-ls-server)
(require 'launch-ls-show)

(defcustom launch-ls-debugger nil
  "The debugger of the sessions.
When nil, the one that is loaded, else the one that is installed;
dape comes first."
  :type '(choice (const :tag "What is there" nil) (const dape) (const dap-mode))
  :group 'launch-ls)

(defcustom launch-ls-save-before-start t
  "Whether to save files of the folder before a start."
  :type 'boolean
  :group 'launch-ls)

(defvar launch-ls-history nil
  "Names of configurations that were started.")

(defvar launch-ls--pending nil
  "Functions that cancel the starts which have no answer yet.")

(defvar launch-ls--last nil
  "Folder and parameters of the last start.")

(defvar launch-ls--tokens nil
  "Tokens of the sessions that the debuggers got: alist to (FOLDER . ID).")

(defvar launch-ls--restarting nil
  "Sessions that are being restarted, as (FOLDER . ID).")

(defconst launch-ls--types '("debugpy" "python")
  "Types of configurations that the server starts.")

(autoload 'launch-ls-dap-continue "launch-ls-dap")
(autoload 'launch-ls-dap-setup "launch-ls-dap")
(autoload 'launch-ls-dap-start "launch-ls-dap")
(autoload 'launch-ls-dap-token "launch-ls-dap")
(autoload 'launch-ls-dape-continue "launch-ls-dape")
(autoload 'launch-ls-dape-setup "launch-ls-dape")
(autoload 'launch-ls-dape-start "launch-ls-dape")
(autoload 'launch-ls-dape-token "launch-ls-dape")
(autoload 'launch-ls-json-mode "launch-ls-json" nil t)
(autoload 'launch-ls-json-setup-eglot "launch-ls-json")
(autoload 'launch-ls-json-setup-lsp "launch-ls-json")

(defvar launch-ls--bridges
  (list (cons 'dap-mode #'launch-ls-dap-setup)
        (cons 'dape #'launch-ls-dape-setup)
        (cons 'eglot #'launch-ls-json-setup-eglot)
        (cons 'lsp-mode #'launch-ls-json-setup-lsp))
  "Packages that have not been loaded yet, and what to do when they are.")

;;;###autoload
(defun launch-ls-setup ()
  "Offer launch.json in dap-mode, dape, eglot and lsp-mode, once they are loaded."
  (add-to-list 'auto-mode-alist '("/\\.vscode/\\(?:launch\\|tasks\\)\\.json\\'" . launch-ls-json-mode))
  (add-hook 'after-load-functions #'launch-ls--build-bridges)
  ;; Unlike dape's, they are no commands before the package is loaded.
  (when (locate-library "dap-mode")
    (dolist (command '(dap-breakpoint-toggle dap-breakpoint-condition dap-breakpoint-log-message))
      (unless (fboundp command) (autoload command "dap-mode" nil t))))
  (launch-ls--build-bridges))

(defun launch-ls--build-bridges (&rest _)
  "Set up the bridges to packages that are loaded by now."
  (dolist (bridge launch-ls--bridges)
    (when (featurep (car bridge))
      (setq launch-ls--bridges (delq bridge launch-ls--bridges))
      (funcall (cdr bridge)))))

;;; Commands

;;;###autoload
(defun launch-ls-debug (name &optional folder)
  "Debug the configuration or compound NAME of the folder's launch.json.
FOLDER is the URI of another folder of the workspace that has it."
  (interactive (launch-ls-read-configuration "Debug"))
  (launch-ls-start (launch-ls--root-or-error) (launch-ls-params name folder)))

;;;###autoload
(defun launch-ls-debug-or-continue ()
  "Continue the session that has stopped; without one, debug a configuration."
  (interactive)
  (or (and (featurep 'dape) (launch-ls-dape-continue))
      (and (featurep 'dap-mode) (launch-ls-dap-continue))
      (call-interactively #'launch-ls-debug)))

;;;###autoload
(defun launch-ls-run (name &optional folder)
  "Run the configuration or compound NAME without debugging it.
FOLDER is as for `launch-ls-debug'."
  (interactive (launch-ls-read-configuration "Run"))
  (launch-ls-start (launch-ls--root-or-error) (append (launch-ls-params name folder) '(:noDebug t))))

;;;###autoload
(defun launch-ls-restart ()
  "Restart a session; without one, start the last one again.
What launch.json and env files say now holds."
  (interactive)
  (pcase-let ((`(,root . ,session) (launch-ls--read-session "Restart")))
    (cond (session (launch-ls--restart root session))
          (launch-ls--last (launch-ls-start (car launch-ls--last) (cdr launch-ls--last)))
          (t (user-error "Nothing was started yet")))))

(defun launch-ls--restart (root session)
  "Restart SESSION of the folder ROOT, unless that is under way."
  (let ((key (cons root (plist-get session :id)))
        (name (plist-get session :name)))
    (if (member key launch-ls--restarting)
        (message "%s is being restarted" name)
      (let ((finish (lambda (then)
                      (lambda (answer)
                        (setq launch-ls--restarting (delete key launch-ls--restarting))
                        (funcall then answer)))))
        (launch-ls-request-async root 'debug/restart (list :id (plist-get session :id))
                                 (funcall finish (lambda (_) (message "%s was restarted" name)))
                                 (funcall finish #'launch-ls-show-refusal)))
      (push key launch-ls--restarting))))

;;;###autoload
(defun launch-ls-stop (&optional all)
  "Cancel what is starting; else stop a session with its children.
With ALL, or a prefix argument, stop all sessions."
  (interactive "P")
  (cond (all (launch-ls--cancel)
             (dolist (root (launch-ls--running-roots))
               (launch-ls--stop root '(:all t))))
        ((launch-ls--cancel) (message "The start was cancelled"))
        (t (pcase-let ((`(,root . ,session) (launch-ls--read-session "Stop")))
             (unless session (user-error "Nothing runs"))
             (launch-ls--stop root (list :id (plist-get session :id))))))
  ;; The last, for it leaves this command.
  (launch-ls--ask-no-more))

;;;###autoload
(defun launch-ls-resolve (name &optional reveal folder)
  "Show what the configuration NAME means, and where each part comes from.
With REVEAL, or a prefix argument, secrets are shown too.  FOLDER is
as for `launch-ls-debug'.  Nothing is started or asked."
  (interactive (pcase-let ((`(,name ,folder) (launch-ls-read-configuration "Resolve")))
                 (list name current-prefix-arg folder)))
  (launch-ls-request-async (launch-ls--root-or-error) 'debug/resolve
                           (append (launch-ls-params name folder)
                                   (list :editor (launch-ls-editor-state)
                                         :reveal (if reveal t :json-false)))
                           #'launch-ls-show-resolved #'launch-ls-show-refusal))

;;;###autoload
(defun launch-ls-new-configuration ()
  "Add a configuration that suits the folder to launch.json.
The file is made when there is none."
  (interactive)
  (let ((root (launch-ls--root-for-new)))
    (when-let* ((items (launch-ls-request root 'debug/newConfigurations (list :folder (launch-ls-uri root))
                                          #'launch-ls-show-refusal))
                (item (launch-ls-choose "New configuration" (append items nil)
                                        #'launch-ls-label #'launch-ls-detail)))
      (make-directory (expand-file-name ".vscode" root) t)
      (find-file (expand-file-name ".vscode/launch.json" root))
      (launch-ls--apply-edit (plist-get item :edit))
      (message "Save the file, then M-x launch-ls-debug starts %S" (plist-get item :label)))))

(defun launch-ls--root-for-new ()
  "Return the folder whose launch.json is to get a new configuration."
  (or (launch-ls-root)
      (progn
        (launch-ls--refuse-remote)
        (directory-file-name
         (expand-file-name (or (locate-dominating-file default-directory ".git") default-directory))))))

;;;###autoload
(defun launch-ls-output ()
  "Show the output of tasks."
  (interactive)
  (display-buffer (launch-ls-output-buffer)))

;;; Starting

(defun launch-ls-start (root params &optional run)
  "Start a configuration of the folder ROOT, with PARAMS of startDebug.
RUN is called with each session: the user's debugger by default."
  (let ((run (or run (launch-ls--debugger)))
        (buffer (current-buffer))
        cancel)
    (when launch-ls-save-before-start (launch-ls--save root))
    (setq launch-ls--last (cons root params)
          cancel (launch-ls-request-async
                  root 'startDebug
                  (append params (list :editor (launch-ls-editor-state)
                                       :workDoneToken (format "launch-ls-%s" (random))))
                  (lambda (result)
                    (when (memq cancel launch-ls--pending)
                      (launch-ls--forget cancel)
                      (with-current-buffer (if (buffer-live-p buffer) buffer (current-buffer))
                        (seq-do #'launch-ls-show-refusal (plist-get result :refused))
                        (seq-doseq (session (plist-get result :sessions))
                          (push (cons (plist-get (plist-get session :configuration) :token)
                                      (cons root (plist-get session :id)))
                                launch-ls--tokens)
                          (launch-ls--give session run root)))))
                  (lambda (failure)
                    (when (memq cancel launch-ls--pending)
                      (launch-ls--forget cancel)
                      (launch-ls-show-refusal failure)))))
    (push cancel launch-ls--pending)))

(defun launch-ls--give (session run root)
  "Give SESSION of the folder ROOT to the debugger by RUN; stop it when that fails."
  (condition-case failure
      (funcall run session)
    (error
     (launch-ls--stop root (list :id (plist-get session :id)))
     (launch-ls-show-refusal
      (list :message (format "%s could not be given to the debugger: %s"
                             (plist-get session :name) (error-message-string failure)))))))

(defun launch-ls--forget (cancel)
  "The start that CANCEL would cancel has its answer."
  (setq launch-ls--pending (delq cancel launch-ls--pending)))

(defun launch-ls--cancel ()
  "Cancel all that have no answer yet; return whether there were any."
  (prog1 (consp launch-ls--pending)
    (mapc #'funcall launch-ls--pending)
    (setq launch-ls--pending nil)))

(defun launch-ls--debugger ()
  "Return the function that gives a session to the user's debugger."
  (let ((known '((dape . launch-ls-dape-start) (dap-mode . launch-ls-dap-start))))
    (if-let ((start (cdr (assq launch-ls-debugger known))))
        (if (or (featurep launch-ls-debugger) (locate-library (symbol-name launch-ls-debugger)))
            start
          (user-error "%s is not installed: install it, or set `launch-ls-debugger' to nil" launch-ls-debugger))
      (or (cdr (or (seq-find (lambda (entry) (featurep (car entry))) known)
                   (seq-find (lambda (entry) (require (car entry) nil t)) known)))
          (user-error "Neither dape nor dap-mode is installed")))))

(defun launch-ls--save (root)
  "Save the modified files of the folder ROOT."
  (save-some-buffers t (lambda ()
                         (and buffer-file-name
                              (string-prefix-p (file-name-as-directory root) buffer-file-name)))))

;;; Choices

(defun launch-ls--root-or-error ()
  "Return the folder of the current buffer that has a launch.json."
  (or (launch-ls-root)
      (progn
        (launch-ls--refuse-remote)
        (user-error "There is no .vscode/launch.json at or above this file: \
M-x launch-ls-new-configuration makes one"))))

(defun launch-ls--refuse-remote ()
  "Signal an error when the current buffer is of another machine."
  (when-let ((host (file-remote-p (or buffer-file-name default-directory) 'host)))
    (user-error "This file is on %s, and launch-ls starts programs of this machine only: \
start Emacs there, or attach to the program from a folder of this machine" host)))

(defun launch-ls-items (root)
  "Return the configurations and compounds of the folder ROOT that one may pick."
  (seq-remove (lambda (item) (eq (plist-get item :hidden) t))
              (plist-get (launch-ls-request root 'debug/configurations nil) :items)))

(defun launch-ls-startable (root)
  "Return those of `launch-ls-items' of ROOT that the server can start."
  (seq-filter (lambda (item)
                (or (equal (plist-get item :kind) "compound")
                    (member (plist-get item :type) launch-ls--types)))
              (launch-ls-items root)))

(defun launch-ls-named (items)
  "Return an alist of names, all different, and ITEMS.
Those of one name have that of their folder behind it."
  (launch-ls-candidates
   items
   (lambda (item) (plist-get item :name))
   (lambda (item)
     (let ((folder (plist-get item :folder)))
       (format " (%s)" (if (string-empty-p folder) "workspace"
                         (file-name-nondirectory (launch-ls-uri-file folder))))))))

(defun launch-ls-params (name &optional folder)
  "Return the parameters of startDebug for NAME of FOLDER, a URI or nothing."
  (append (list :configuration name)
          (and folder (not (string-empty-p folder)) (list :folder folder))))

(defun launch-ls-read-configuration (prompt)
  "Ask with PROMPT for a configuration; return a list of its name and its folder."
  (let* ((items (launch-ls-items (launch-ls--root-or-error)))
         (named (launch-ls-named items))
         (names (mapcar #'car named))
         (default (or (seq-find (lambda (name) (member name names)) launch-ls-history) (car names)))
         (completion-extra-properties
          (list :annotation-function
                (lambda (name) (concat "  " (plist-get (cdr (assoc name named)) :type)))))
         (name (completing-read (format-prompt prompt default) names nil nil nil 'launch-ls-history default))
         (item (cdr (assoc name named))))
    ;; A hidden one may be named, too.
    (list (if item (plist-get item :name) name)
          (plist-get item :folder))))

(defun launch-ls--running-roots ()
  "Return the folders with a running server."
  (seq-filter (lambda (root) (jsonrpc-running-p (gethash root launch-ls--connections)))
              (hash-table-keys launch-ls--connections)))

(defun launch-ls--read-session (prompt)
  "Return (ROOT . SESSION) of a running session, nil when there is none.
Of several it is the one that the debugger shows; else ask with PROMPT.
Children end with their parents."
  (let ((shown (launch-ls--shown))
        running)
    (dolist (root (launch-ls--running-roots))
      (seq-doseq (session (plist-get (launch-ls-request root 'debug/sessions nil) :sessions))
        (unless (plist-get session :parent)
          (push (cons root session) running))))
    (cond ((null (cdr running)) (car running))
          ((seq-find (lambda (entry) (equal (cons (car entry) (plist-get (cdr entry) :id)) shown)) running))
          (t (launch-ls-choose prompt running
                               (lambda (entry) (plist-get (cdr entry) :name))
                               (lambda (entry) (format "  %s" (append (plist-get (cdr entry) :pids) nil))))))))

(defun launch-ls--shown ()
  "Return (FOLDER . ID) of the current session of the debugger, or of its parent."
  (cdr (or (assoc (and (featurep 'dape) (launch-ls-dape-token)) launch-ls--tokens)
           (assoc (and (featurep 'dap-mode) (launch-ls-dap-token)) launch-ls--tokens))))

(defun launch-ls--stop (root params)
  "Stop the sessions that PARAMS name in the folder ROOT."
  (launch-ls-request-async root 'debug/stop params #'ignore #'launch-ls-show-refusal))

(defun launch-ls--apply-edit (edit)
  "Apply the workspace EDIT, which is of the current buffer's file only."
  (let ((edits (or (seq-mapcat (lambda (change) (append (plist-get change :edits) nil))
                               (plist-get edit :documentChanges))
                   (append (cadr (plist-get edit :changes)) nil))))
    ;; From the end to the beginning, so that places stay right.
    (pcase-dolist (`(,start ,end ,text)
                   (sort (mapcar #'launch-ls--change edits) (lambda (a b) (> (car a) (car b)))))
      (goto-char start)
      (delete-region start end)
      (insert text))))

(defun launch-ls--change (edit)
  "Return the region and the new text of the text EDIT."
  (let ((range (plist-get edit :range)))
    (list (launch-ls-position (plist-get range :start))
          (launch-ls-position (plist-get range :end))
          (plist-get edit :newText))))

(provide 'launch-ls)
;;; launch-ls.el ends here
