package activity

import (
	"time"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
)

// caption says what the whole chart is.
func (c Chart) caption() string {
	if len(c.Bars) == 0 {
		return ""
	}
	data := map[string]any{"Range": c.rangeText(0, len(c.Bars)-1), "Step": stepText(c.Step), "Limit": look.Grouped(c.Limit)}
	switch {
	case c.Counting:
		return lang.L("{{.Range}}, still counting…", data)
	case c.Limit > 0:
		return lang.L("{{.Range}}, the newest {{.Limit}} only", data)
	}
	return lang.L("{{.Range}}, {{.Step}} a bar", data)
}

// says is what was received from step first to step last.
func (c Chart) says(first, last int) string {
	sum := c.Sum(first, last)
	data := map[string]any{"Range": c.rangeText(first, last), "All": look.Grouped(sum.All), "Failed": look.Grouped(sum.Failed)}
	if sum.Failed == 0 {
		return lang.L("{{.Range}}: {{.All}} received", data)
	}
	return lang.L("{{.Range}}: {{.All}} received, {{.Failed}} not verified", data)
}

// rangeText is the time from the beginning of one step to the end of another.
func (c Chart) rangeText(first, last int) string {
	from, to := c.Start(first), c.Start(last+1)
	if c.Step >= day {
		to = to.Add(-time.Second) // the last day, not the midnight after it
		if sameDay(from, to) {
			return c.dayText(from)
		}
		return c.dayText(from) + " – " + c.dayText(to)
	}
	const clock = "15:04"
	switch end := c.Start(len(c.Bars)); {
	case sameDay(c.From, end.Add(-time.Second)) && c.Chosen && first == 0 && last == len(c.Bars)-1:
		return c.dayText(from) + " " + from.Format(clock) + " – " + to.Format(clock)
	case sameDay(c.From, end.Add(-time.Second)):
		return from.Format(clock) + " – " + to.Format(clock)
	case sameDay(from, to.Add(-time.Second)):
		return c.dayText(from) + " " + from.Format(clock) + " – " + to.Format(clock)
	}
	return c.dayText(from) + " " + from.Format(clock) + " – " + c.dayText(to) + " " + to.Format(clock)
}

// dayText names a day, with the year where the chart is of several.
func (c Chart) dayText(t time.Time) string {
	if c.From.Year() != c.Start(len(c.Bars)).Year() {
		return look.Date(t, "2006", "")
	}
	return look.Date(t, "", "")
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// stepText is how long a step is.
func stepText(step time.Duration) string {
	switch {
	case step < time.Hour:
		return lang.L("{{.Minutes}} min", map[string]any{"Minutes": int(step / time.Minute)})
	case step < day:
		return lang.L("{{.Hours}} h", map[string]any{"Hours": int(step / time.Hour)})
	}
	return lang.L("{{.Days}} d", map[string]any{"Days": int(step / day)})
}
