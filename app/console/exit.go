package console

import (
	"errors"
	"net/http"
	"strings"

	"shopbell/app/localapi"
	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/inspector/badgerstore"
	"shopbell/tunnel"
)

// The exit codes of every command.
const (
	exitGood   = 0
	exitNo     = 1 // the answer is no: not verified, not delivered
	exitWrong  = 2 // wrong use or wrong settings; nothing was started
	exitFailed = 3 // a failure of our own
)

// errNo ends a command whose output has already said no.
var errNo = errors.New("the answer is no")

// failure is an error with its exit code and, apart from it, advice.
type failure struct {
	code   int
	says   string
	advice string
}

// Error returns the sentence without the advice.
func (f *failure) Error() string { return f.says }

// wrongUse is a command line that cannot be carried out.
func wrongUse(says, advice string) error { return &failure{exitWrong, says, advice} }

// refused is a well-formed wish that cannot be granted: no such capture.
func refused(says, advice string) error { return &failure{exitNo, says, advice} }

// finish prints err, if there is one, and returns the exit code that it means.
func (s *session) finish(err error) int {
	if err == nil {
		return exitGood
	}
	if errors.Is(err, errNo) {
		return exitNo
	}
	f := explain(err)
	s.err.line("shopbell: " + clean(f.says))
	if f.advice != "" {
		s.err.line("  " + clean(f.advice))
	}
	return f.code
}

// explain finds the exit code and the advice for err.
func explain(err error) *failure {
	var (
		own     *failure
		problem *settings.Problem
		tunnels *tunnel.Error
		fault   *localapi.Fault
	)
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &problem):
		return &failure{exitWrong, problem.Error(), problem.Advice}
	case errors.Is(err, badgerstore.ErrLocked):
		return &failure{exitFailed, oneLine(err), "--data chooses another folder"}
	case errors.Is(err, inspector.ErrCannotSign), errors.Is(err, inspector.ErrNoFreshID):
		return &failure{exitWrong, oneLine(err), ""}
	case errors.As(err, &fault):
		return &failure{codeOf(fault.Status), fault.Says, fault.Do}
	case errors.Is(err, inspector.ErrNoQueue):
		return &failure{exitNo, oneLine(err), "\"shopbell queue list\" has the endpoints that answer at once and deliver from a queue"}
	case errors.Is(err, inspector.ErrNotFound):
		return &failure{exitNo, oneLine(err), "it was deleted meanwhile"}
	case errors.As(err, &tunnels):
		return &failure{exitFailed, oneLine(err), tunnels.Advice}
	}
	return &failure{exitFailed, oneLine(err), ""}
}

// codeOf is the exit code of what the local API refuses: the same as when the
// command does the work itself.
func codeOf(status int) int {
	switch status {
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity:
		return exitWrong
	case http.StatusNotFound, http.StatusConflict:
		return exitNo
	}
	return exitFailed
}

// oneLine is the text of err on one line; joined errors come on several.
func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }
