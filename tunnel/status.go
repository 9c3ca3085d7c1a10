package tunnel

import "time"

// Kind names a way to be reached.
type Kind string

// The kinds of tunnel.
const (
	KindLocal Kind = "local"
	KindNgrok Kind = "ngrok"
	KindSSH   Kind = "ssh"
)

// State is what a tunnel's light shows.
type State string

// The states of a tunnel.
const (
	Connecting State = "connecting" // not reachable yet
	Online     State = "online"
	Lost       State = "lost" // was online, is trying to come back
	Closed     State = "closed"
)

// Status is a moment in a tunnel's life.
type Status struct {
	Kind  Kind
	State State
	// URL is the public address without a trailing slash, "" when there is none.
	URL string
	// Since is when State was entered.
	Since time.Time
	// Error is why it is not online; Advice is what to do about it, in a sentence.
	Error  string
	Advice string
	// Code is the vendor's error code, for example "ERR_NGROK_105".
	Code string
	// Notes are what the user should know: another port was taken, the URL
	// changed. The newest is last; at most maxNotes are kept.
	Notes []string
	// PreviousURL is the address before the last change, "" when it never changed.
	PreviousURL string
	// Latency is the last round trip to the service, 0 when none was measured.
	Latency time.Duration
	// Reconnects counts how often the tunnel came back after it was lost.
	Reconnects int
	// Account, Plan and Region are what the service said at log-in, "" when it
	// said nothing.
	Account, Plan, Region string
}

// maxNotes bounds what a tunnel of many weeks can say.
const maxNotes = 20

func (s *Status) note(text string) {
	s.Notes = append(s.Notes, text)
	if extra := len(s.Notes) - maxNotes; extra > 0 {
		s.Notes = s.Notes[extra:]
	}
}

// online marks the tunnel as reached at url.
func (s *Status) online(url string) {
	if s.State == Lost {
		s.Reconnects++
	}
	if s.URL != "" && s.URL != url {
		s.PreviousURL = s.URL
		s.note("the public address changed from " + s.URL + " to " + url +
			"; providers that were given the old one no longer reach this shop")
	}
	s.State, s.URL = Online, url
	s.Error, s.Advice, s.Code = "", "", ""
}

// offline marks the tunnel as not reached. Since keeps the beginning of the
// loss, however many attempts follow.
func (s *Status) offline(why *Error) {
	if s.State == Online {
		s.State = Lost
	}
	s.Latency = 0
	if why != nil {
		s.Error, s.Advice, s.Code = why.Says, why.Advice, why.Code
	}
}
