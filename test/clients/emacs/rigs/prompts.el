;;; What the server asks, answered and cancelled -*- lexical-binding: t; no-byte-compile: t -*-
(rig-stand-in #'ignore)

(defun answers (given questions)
  "Start with a user who gives the answers GIVEN; return what the server got after QUESTIONS questions."
  (rig-with-answers given
    (launch-ls-debug "asks")
    (append (car (last (rig-await "answers" (lambda ()
                                              (let ((heard (rig-heard "answered")))
                                                (and (= (length heard) questions) heard))))))
            nil)))

(rig-run
 (rig-edit "app.py")
 (rig-equal (answers '("80\\00%1" "  s3cret " "slow") 3) '("80\\00%1" "  s3cret " "s"))
 (rig-equal (answers '("" "" "fast") 6) '("" "" "f"))
 (rig-equal (answers '(nil) 7) '(nil))
 (rig-equal (answers '("x" nil) 9) '("x" nil))
 (rig-equal (answers '("x" "x" nil) 12) '("x" "x" nil))
 ;; One more start is answered after the cancelled ones: nothing of them is left, and nothing was said of them.
 (rig-equal (answers '("last" "x" "fast") 15) '("last" "x" "f"))
 (rig-equal (get-buffer "*launch-ls*") nil))
