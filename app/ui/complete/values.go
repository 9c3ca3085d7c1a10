package complete

import "time"

// valuesOf returns what can stand behind a field, likeliest first; nil where it
// can be anything.
func valuesOf(field string, known Known) []Named {
	switch field {
	case "provider":
		return known.Providers
	case "endpoint":
		return named(known.Endpoints...)
	case "event":
		return named(known.Events...)
	case "outcome":
		return named("verified", "mismatch", "missing", "malformed", "stale", "no_secret", "unsigned")
	case "status":
		return named("2xx", "4xx", "5xx", ">=400", "none", "3xx", "200", "404", "500")
	case "is":
		return named("pinned", "held", "waiting", "duplicate")
	case "size":
		return named(">1k", ">10k", ">100k", ">1M", "<1k")
	case "since", "until":
		times := named("15m", "1h", "8h", "1d", "2d", "1w")
		for days := range 3 {
			times = append(times, Named{ID: known.Now.AddDate(0, 0, -days).Format(time.DateOnly)})
		}
		return times
	}
	return nil
}

func named(ids ...string) (list []Named) {
	for _, id := range ids {
		list = append(list, Named{ID: id})
	}
	return list
}
