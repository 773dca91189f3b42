;;; launch-ls-show.el --- What launch-ls shows and asks  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: MIT

;;; Commentary:

;; Refusals with their place in launch.json, the output of tasks, progress, what
;; a configuration means, and prompts.

;;; Code:

(require 'ansi-color)
(require 'json)
(require 'launch-ls-server)

;;; Messages of the server

(defvar launch-ls-input-history nil
  "Answers to the inputs of configurations.")

(defun launch-ls--message (method params)
  "Handle the server's message METHOD with PARAMS; nil when it is not known."
  (pcase method
    ('debug/prompt (launch-ls--later #'launch-ls--ask params))
    ('debug/command (launch-ls--later #'launch-ls--run-command params))
    ('debug/output (launch-ls-show-output (plist-get params :text)) t)
    ('$/progress (launch-ls--show-progress (plist-get params :value)) t)
    ('window/showMessage (message "launch-ls: %s" (plist-get params :message)) t)))

(add-hook 'launch-ls-message-functions #'launch-ls--message)

(defun launch-ls--later (answer params)
  "Return a function that replies what ANSWER gives for PARAMS, or null.
It does so outside of the process filter, where nobody may be asked.
When ANSWER is left by \\[keyboard-quit], the reply is null; when it
fails, it is why."
  (lambda (reply)
    (run-at-time 0 nil (lambda ()
                         (condition-case failure
                             (let ((value (let ((inhibit-quit nil)) (funcall answer params))))
                               (funcall reply (and value (list :value value))))
                           (quit (funcall reply nil))
                           (error (funcall reply nil (error-message-string failure))))))))

(defvar launch-ls--asking nil
  "Depth of the minibuffer that asks what a start needs to know.")

(defun launch-ls--ask-no-more ()
  "Leave the minibuffer that asks for a start which is over."
  (when (and launch-ls--asking (= launch-ls--asking (minibuffer-depth)))
    (abort-recursive-edit)))

(add-hook 'launch-ls-lost-hook #'launch-ls--ask-no-more)

(defun launch-ls--ask (params)
  "Ask the user what PARAMS say; nil when it is cancelled."
  (let ((launch-ls--asking (1+ (minibuffer-depth)))
        (enable-recursive-minibuffers t)
        (prompt (concat (plist-get params :title) ": "))
        (value (plist-get params :value)))
    (condition-case nil
        (cond ((equal (plist-get params :kind) "pick") (launch-ls--pick params))
              ((eq (plist-get params :password) t) (read-passwd prompt nil value))
              (t (read-string prompt value 'launch-ls-input-history)))
      (quit nil))))

(defun launch-ls--pick (params)
  "Ask for one of the items of PARAMS; return its value."
  (let* ((items (append (plist-get params :items) nil))
         (default (seq-find (lambda (item) (equal (plist-get item :value) (plist-get params :value))) items)))
    (plist-get (launch-ls-choose (plist-get params :title) items #'launch-ls-label #'launch-ls-detail
                                 default 'launch-ls-input-history)
               :value)))

(defun launch-ls--run-command (params)
  "Return what the command that PARAMS name gives."
  (let* ((command (plist-get params :command))
         (value (funcall (cdr (assoc command launch-ls-commands)) (plist-get params :args))))
    (unless (or (null value) (stringp value))
      (error "%s of `launch-ls-commands' gives %S, which is not a string" command value))
    value))

(defun launch-ls--show-progress (value)
  "Show VALUE, the progress of a start, in the echo area."
  (unless (equal (plist-get value :kind) "end")
    (let ((percentage (plist-get value :percentage)))
      (message "%s%s" (or (plist-get value :message) (plist-get value :title) "")
               (if percentage (format " %d %%" percentage) "")))))

;;; Choices

(defun launch-ls-candidates (items label detail)
  "Return an alist of texts, each of them once, and ITEMS.
The text is what the function LABEL gives for the item; where
several have the same, what DETAIL gives stands behind it."
  (let ((labels (mapcar label items))
        candidates)
    (seq-mapn (lambda (item label)
                (let* ((same (> (seq-count (lambda (other) (equal other label)) labels) 1))
                       (text (if same (concat label (funcall detail item)) label))
                       (unique text)
                       (count 1))
                  (while (assoc unique candidates)
                    (setq count (1+ count)
                          unique (format "%s <%d>" text count)))
                  (push (cons unique item) candidates)))
              items labels)
    (nreverse candidates)))

(defun launch-ls-annotations (candidates label detail)
  "Return properties that show the details of CANDIDATES while one chooses.
LABEL and DETAIL are those of `launch-ls-candidates'."
  (list :annotation-function
        (lambda (text)
          (when-let ((item (cdr (assoc text candidates))))
            (and (equal text (funcall label item)) (funcall detail item))))))

(defun launch-ls-choose (prompt items label detail &optional default history)
  "Ask with PROMPT for one of ITEMS, and return it.
LABEL and DETAIL are those of `launch-ls-candidates'.  DEFAULT, the
first by default, is what an empty answer means; HISTORY is a variable."
  (let* ((candidates (launch-ls-candidates items label detail))
         (default (car (or (rassq default candidates) (car candidates))))
         (completion-extra-properties (launch-ls-annotations candidates label detail))
         (text (completing-read (format-prompt prompt default) candidates nil t nil history default)))
    (cdr (assoc text candidates))))

(defun launch-ls-label (item)
  "Return the label of ITEM."
  (plist-get item :label))

(defun launch-ls-detail (item)
  "Return the detail of ITEM as it stands behind the label."
  (if-let ((detail (plist-get item :detail))) (concat "  " detail) ""))

;;; Refusals

(defvar launch-ls-refusal-mode-map
  (let ((map (make-sparse-keymap)))
    (set-keymap-parent map (make-composed-keymap button-buffer-map special-mode-map))
    map)
  "TAB goes to the button, RET to what it names.")

(define-derived-mode launch-ls-refusal-mode special-mode "Refused"
  "Major mode for why a start was refused.
\\{launch-ls-refusal-mode-map}"
  :interactive nil)

(defun launch-ls-show-refusal (failure)
  "Show why a start was refused: FAILURE is a JSON-RPC error or a StartError."
  (let* ((data (or (plist-get failure :data) failure))
         (text (or (plist-get data :message) (plist-get failure :message))))
    (unless (equal (plist-get data :kind) "cancelled")
      (with-current-buffer (get-buffer-create "*launch-ls*")
        (launch-ls-refusal-mode)
        (let ((inhibit-read-only t))
          (erase-buffer)
          (insert text "\n")
          (seq-doseq (tried (plist-get data :tried)) (insert "  tried " tried "\n"))
          (when-let ((remedy (plist-get data :remedy))) (insert remedy "\n"))
          (when-let ((location (plist-get data :location)))
            (insert "\n")
            (launch-ls--insert-place location)
            (insert "\n"))
          (when-let ((output (plist-get data :output))) (insert "\n" (ansi-color-apply output) "\n"))
          (goto-char (point-min)))
        (display-buffer (current-buffer)))
      (message "%s" text))))

(defun launch-ls--insert-place (location)
  "Insert a button for LOCATION."
  (insert-text-button (launch-ls--place location)
                      'action (lambda (_) (launch-ls-go location))
                      'follow-link t
                      'help-echo "Go there"))

(defun launch-ls--place (location)
  "Return LOCATION as text."
  (format "%s:%d" (file-relative-name (launch-ls-uri-file (plist-get location :uri)))
          (1+ (launch-ls--line location))))

(defun launch-ls--line (location)
  "Return the first line of LOCATION, from 0."
  (plist-get (plist-get (plist-get location :range) :start) :line))

(defun launch-ls-go (location)
  "Visit the file of LOCATION at its line."
  (find-file-other-window (launch-ls-uri-file (plist-get location :uri)))
  (goto-char (point-min))
  (forward-line (launch-ls--line location)))

;;; Output of tasks

(defun launch-ls-show-output (text)
  "Append TEXT to the buffer of the output of tasks."
  (with-current-buffer (launch-ls-output-buffer)
    (let ((inhibit-read-only t))
      (save-excursion
        (goto-char (point-max))
        (insert (string-replace "\r" "" (ansi-color-apply text)))))))

(defun launch-ls-output-buffer ()
  "Return the buffer of the output of tasks."
  (or (get-buffer "*launch-ls output*")
      (with-current-buffer (get-buffer-create "*launch-ls output*")
        (special-mode)
        (current-buffer))))

;;; What a configuration means

(defun launch-ls-show-resolved (result)
  "Show RESULT, the answer to debug/resolve."
  (with-current-buffer (get-buffer-create "*launch-ls configuration*")
    (let ((inhibit-read-only t))
      (erase-buffer)
      (js-mode)
      (seq-doseq (item (plist-get result :items)) (launch-ls--insert-resolved item))
      (goto-char (point-min)))
    (view-mode 1)
    (pop-to-buffer (current-buffer))))

(defun launch-ls--insert-resolved (item)
  "Insert ITEM, a ResolvedConfiguration."
  (insert "// " (plist-get item :name) "\n")
  (seq-doseq (problem (plist-get item :problems))
    (insert "// " (nth (1- (or (plist-get problem :severity) 1)) '("error" "warning" "info" "hint"))
            ": " (plist-get problem :message) (launch-ls--origin problem) "\n"))
  (let ((origins (mapcar (lambda (origin) (cons (append (plist-get origin :path) nil) origin))
                         (plist-get item :origins))))
    (launch-ls--insert-json (plist-get item :configuration) nil origins "" "")))

(defun launch-ls--origin (thing)
  "Return the place of THING in parentheses, or its kind, or nothing."
  (let ((location (plist-get thing :location))
        (kind (plist-get thing :kind)))
    (cond (location (format " (%s)" (launch-ls--place location)))
          (kind (format " (%s)" kind))
          (t ""))))

(defun launch-ls--insert-json (value path origins indent after)
  "Insert VALUE at PATH as JSON and AFTER it, lines indented by INDENT.
ORIGINS tell where each path comes from."
  (let* ((origin (cdr (assoc path origins)))
         (note (if origin (concat "  //" (launch-ls--origin origin)) ""))
         (inner (concat indent "  "))
         (list (and (vectorp value) (> (length value) 0)))
         (object (and (consp value) (keywordp (car value)))))
    (if (not (or list object))
        (insert (launch-ls--json value) after note "\n")
      (insert (if list "[" "{") note "\n")
      (let ((index 0)
            (parts (if list (append value nil) (seq-partition value 2))))
        (dolist (part parts)
          (let ((name (and object (substring (symbol-name (car part)) 1))))
            (insert inner (if object (concat (json-encode-string name) ": ") ""))
            (launch-ls--insert-json (if object (cadr part) part)
                                    (append path (list (or name index)))
                                    origins inner
                                    (if (= (1+ index) (length parts)) "" ","))
            (setq index (1+ index)))))
      (insert indent (if list "]" "}") after "\n"))))

(defun launch-ls--json (value)
  "Return VALUE, without parts, as JSON."
  (cond ((null value) "null")
        ((eq value :json-false) "false")
        ((stringp value) (json-encode-string value))
        (t (json-encode value))))

(provide 'launch-ls-show)
;;; launch-ls-show.el ends here
