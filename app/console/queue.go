package console

import (
	"fmt"
	"slices"
	"time"

	"shopbell/app/localapi"
	"shopbell/inspector"
	"shopbell/providers/signature"
)

type queueCommand struct {
	List   queueListCommand   `cmd:"" default:"withargs" help:"Show the queues (this is what queue alone does)."`
	Pause  queuePauseCommand  `cmd:"" help:"Send nothing more from the queues, also after a restart; senders are answered as before."`
	Resume queueResumeCommand `cmd:"" help:"Send again."`
	Drain  queueDrainCommand  `cmd:"" help:"Try at once, whatever the queues would wait for."`
}

// queueFlags are what each command on queues takes.
type queueFlags struct {
	JSON      bool     `help:"Print one JSON object per queue."`
	Endpoints []string `arg:"" optional:"" name:"endpoint" help:"Names of endpoints that answer at once; all of them when left out."`
}

type queueListCommand struct{ queueFlags }

type queuePauseCommand struct{ queueFlags }

type queueResumeCommand struct{ queueFlags }

type queueDrainCommand struct{ queueFlags }

// Run prints the queues, of a running Shopbell or as they lie in the store.
func (c *queueListCommand) Run(s *session) error {
	kept, err := s.archive()
	if err != nil {
		return err
	}
	defer kept.close()
	queues, err := kept.queues()
	if err == nil {
		queues, err = localapi.Named(queues, c.Endpoints)
	}
	if err != nil {
		return err
	}
	return c.print(s, queues, kept.api != nil)
}

// Run stops the queues.
func (c *queuePauseCommand) Run(s *session) error { return c.act(s, localapi.PauseQueues) }

// Run lets the queues send again.
func (c *queueResumeCommand) Run(s *session) error { return c.act(s, localapi.ResumeQueues) }

// Run makes the queues try at once.
func (c *queueDrainCommand) Run(s *session) error { return c.act(s, localapi.DrainQueues) }

// act does something to the queues of the running Shopbell and prints them.
func (c *queueFlags) act(s *session, act string) error {
	kept, err := s.archive()
	if err != nil {
		return err
	}
	defer kept.close()
	if kept.api == nil {
		return refused("no Shopbell runs on this data folder, so no queue is being delivered", "\"shopbell serve\" starts one; \"shopbell queue list\" shows what waits")
	}
	queues, err := kept.api.Act(s.ctx, act, c.Endpoints)
	if err != nil {
		return err
	}
	return c.print(s, queues, true)
}

func (c *queueFlags) print(s *session, queues []inspector.Queue, running bool) error {
	if c.JSON {
		for _, q := range queues {
			if err := s.out.object(q); err != nil {
				return err
			}
		}
		return s.out.err()
	}
	if len(queues) == 0 {
		s.err.line("no queues: no endpoint has answer = \"accept\"")
		return nil
	}
	var rows [][]cell
	for _, q := range queues {
		rows = append(rows, []cell{
			plain(q.Endpoint), plain(fmt.Sprint(q.Waiting)), plain(fmt.Sprint(q.Sending)), plain(fmt.Sprint(q.Aside)),
			toned(stateOf(q, running)), plain(nextOf(q)), plain(q.Error),
		})
	}
	s.out.table([]string{"ENDPOINT", "WAITING", "BEING SENT", "STEPPED ASIDE", "STATE", "NEXT ATTEMPT", "LAST ERROR"}, rows)
	return s.out.err()
}

// stateOf is what a queue does.
func stateOf(q inspector.Queue, running bool) (signature.Tone, string) {
	switch {
	case q.Paused:
		return signature.Caution, "paused"
	case q.AllPaused:
		return signature.Caution, "all forwarding paused"
	case !running:
		return signature.Neutral, "not running"
	case q.Error != "":
		return signature.Bad, "delivering"
	}
	return signature.Good, "delivering"
}

func nextOf(q inspector.Queue) string {
	if q.Next.IsZero() {
		return ""
	}
	return q.Next.Local().Format(time.DateTime)
}

// queues returns the queues of a running Shopbell, or of the store the queues of
// accept endpoints and of those that wait though the settings do not have them.
func (a *archive) queues() ([]inspector.Queue, error) {
	if a.api != nil {
		return a.api.Queues(a.s.ctx)
	}
	if a.store == nil {
		return nil, nil
	}
	catalog, err := a.s.catalog()
	if err != nil {
		return nil, err
	}
	chosen, err := a.s.settings(catalog)
	if err != nil {
		return nil, err
	}
	var names []string
	waiting := a.store.Counts().WaitingAt
	for _, e := range chosen.Endpoints {
		if e.Answer == string(inspector.AnswerAccept) {
			names = append(names, e.Name)
		}
		delete(waiting, e.Name)
	}
	for name := range waiting {
		names = append(names, name)
	}
	slices.Sort(names)
	return inspector.StoredQueues(a.s.ctx, a.store, names)
}
