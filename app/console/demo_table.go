package console

import (
	"fmt"
	"net/http"
	"strings"

	"shopbell/inspector"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

// demoRow is one sample and what became of it.
type demoRow struct {
	sample  inspectortest.Sample
	sender  int // what the sender was answered
	asked   int // requests that reached the shop
	capture inspector.Capture
}

// demoJSON is a row in "demo --json".
type demoJSON struct {
	Type     string            `json:"type"` // "demo"
	Provider string            `json:"provider"`
	Event    string            `json:"event"`
	Delivery string            `json:"delivery"` // "genuine" or "spoiled"
	Why      string            `json:"why,omitempty"`
	Outcome  signature.Outcome `json:"outcome"`
	Cover    signature.Cover   `json:"cover"`
	Covered  []string          `json:"covered"`
	Sender   int               `json:"sender"`
	Shop     int               `json:"shop"` // 0: nothing was sent to the shop
	Expected bool              `json:"expected"`
}

// demoStored is the last line of "demo --json".
type demoStored struct {
	Type       string `json:"type"` // "stored"
	Deliveries int    `json:"deliveries"`
	Stored     int    `json:"stored"`
	Expected   bool   `json:"expected"`
}

// shop is the status that the shop gave, 0 when nothing reached it.
func (r demoRow) shop() int {
	if r.asked == 0 {
		return 0
	}
	return r.capture.Status
}

// expected tells whether verdict, sender and shop are all as they must be: what
// is spoiled never reaches the shop.
func (r demoRow) expected() bool {
	shop, asked := 0, 0
	if !r.sample.Spoiled {
		shop, asked = http.StatusOK, 1
	}
	return r.capture.Outcome == r.sample.Outcome && r.capture.Cover == r.sample.Cover &&
		r.capture.Path == r.sample.Message.Target && (r.capture.Endpoint != "") == r.sample.Endpoint &&
		r.sender == r.sample.Status && r.shop() == shop && r.asked == asked
}

func (r demoRow) delivery() string {
	if r.sample.Spoiled {
		return "spoiled"
	}
	return "genuine"
}

// print prints the rows and the count, and says no when anything is unexpected.
func (c *demoCommand) print(s *session, rows []demoRow, stored int) error {
	good := stored == len(rows) && len(rows) > 0
	for _, r := range rows {
		good = good && r.expected()
	}
	if c.JSON {
		for _, r := range rows {
			_ = s.out.object(r.object())
		}
		_ = s.out.object(demoStored{"stored", len(rows), stored, good})
	} else {
		printDemo(s.out, rows, stored)
	}
	if !good {
		s.err.line("shopbell: the demo did not come out as expected")
		return errNo
	}
	return s.out.err()
}

func (r demoRow) object() demoJSON {
	return demoJSON{
		Type: "demo", Provider: r.sample.Provider, Event: r.capture.Event, Delivery: r.delivery(), Why: r.sample.Why,
		Outcome: r.capture.Outcome, Cover: r.capture.Cover, Covered: list(r.capture.Verdict.Covered),
		Sender: r.sender, Shop: r.shop(), Expected: r.expected(),
	}
}

func printDemo(out *terminal, rows []demoRow, stored int) {
	var cells [][]cell
	for _, r := range rows {
		c := r.capture
		cells = append(cells, []cell{
			plain(r.sample.Provider), plain(c.Event), plain(strings.TrimSuffix(r.delivery()+": "+r.sample.Why, ": ")),
			toned(c.Outcome.Tone(c.Cover), mark(c.Summary)), plain(coveredBy(c)),
			plain(fmt.Sprint(r.sender)), plain(shopGot(r)), surprise(r),
		})
	}
	out.table([]string{"PROVIDER", "EVENT", "DELIVERY", "VERDICT", "COVERED", "SENDER GOT", "SHOP SAID", ""}, cells)
	out.line("")
	out.line(fmt.Sprintf("%d of %d deliveries read back after the store was closed and opened again", stored, len(rows)))
}

func coveredBy(c inspector.Capture) string {
	if len(c.Verdict.Covered) == 0 {
		return "nothing"
	}
	return strings.Join(c.Verdict.Covered, ", ")
}

func shopGot(r demoRow) string {
	if r.asked == 0 {
		return "not asked"
	}
	return fmt.Sprint(r.shop())
}

// surprise marks a row that is not as expected.
func surprise(r demoRow) cell {
	if r.expected() {
		return cell{}
	}
	return toned(signature.Bad, "✕ unexpected")
}
