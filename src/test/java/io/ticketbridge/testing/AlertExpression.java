package io.ticketbridge.testing;

import io.ticketbridge.testing.Alerts.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The few forms of PromQL that the shipped rules use, and no other: {@code max by (flow) (METRIC) > 60}, {@code sum by (flow)
 * (increase(METRIC[1h])) > 0}, {@code absent(METRIC) or METRIC == 0}, {@code METRIC == 1 and on () max(METRIC) > 0}.
 */
interface AlertExpression {
    Pattern COMPARED = Pattern.compile(
            "(?:(min|max|sum)(?: by \\((\\w+)\\) )?)?\\(?(increase\\()?(\\w+)(?:\\[(\\w+)]\\))?\\)? (>|==) ([\\d *]+)");
    Pattern ABSENT = Pattern.compile("absent\\((\\w+)\\)");

    /** The series for which it holds at the last scrape, each by the label that it is told apart by. */
    Set<String> meeting(NavigableMap<Instant, List<Sample>> scrapes);

    static AlertExpression of(String written) {
        List<AlertExpression> any =
                Stream.of(written.split(" or ")).map(AlertExpression::joined).toList();
        return scrapes -> {
            Set<String> meeting = new TreeSet<>();
            any.forEach(each -> meeting.addAll(each.meeting(scrapes)));
            return meeting;
        };
    }

    /** The series of the first, if each of the others has any. */
    private static AlertExpression joined(String written) {
        List<AlertExpression> all = Stream.of(written.split(" and on \\(\\) "))
                .map(AlertExpression::single)
                .toList();
        return scrapes -> all.stream().allMatch(each -> !each.meeting(scrapes).isEmpty())
                ? all.get(0).meeting(scrapes)
                : Set.of();
    }

    private static AlertExpression single(String written) {
        Matcher absent = ABSENT.matcher(written);
        if (absent.matches()) {
            return scrapes ->
                    of(scrapes.lastEntry().getValue(), absent.group(1)).isEmpty() ? Set.of("") : Set.of();
        }
        Matcher compared = COMPARED.matcher(written);
        if (!compared.matches()) {
            throw new IllegalArgumentException("A form of expression that tests do not know: " + written);
        }
        double limit = Stream.of(compared.group(7).split(" \\* "))
                .mapToDouble(Double::parseDouble)
                .reduce(1, (a, b) -> a * b);
        BinaryOperator<Double> together = compared.group(1) == null
                ? (one, other) -> one
                : Map.<String, BinaryOperator<Double>>of("min", Math::min, "max", Math::max, "sum", Double::sum)
                        .get(compared.group(1));
        String label = compared.group(2);
        return scrapes -> {
            Map<String, Double> values = new TreeMap<>();
            for (Sample sample : of(scrapes.lastEntry().getValue(), compared.group(4))) {
                double value = compared.group(3) == null
                        ? sample.value()
                        : sample.value() - earlier(scrapes, sample, duration(compared.group(5)));
                String series = compared.group(1) == null ? sample.labels() : label == null ? "" : sample.label(label);
                values.merge(series, value, together);
            }
            values.values().removeIf(value -> compared.group(6).equals(">") ? !(value > limit) : value != limit);
            return values.keySet();
        };
    }

    private static List<Sample> of(List<Sample> scrape, String metric) {
        return scrape.stream().filter(sample -> sample.metric().equals(metric)).toList();
    }

    /** A series that was not there before has not grown. */
    private static double earlier(NavigableMap<Instant, List<Sample>> scrapes, Sample now, Duration window) {
        return scrapes.tailMap(scrapes.lastKey().minus(window)).values().stream()
                .flatMap(scrape -> of(scrape, now.metric()).stream())
                .filter(sample -> sample.labels().equals(now.labels()))
                .findFirst()
                .orElseThrow()
                .value();
    }

    static Duration duration(String written) {
        return Duration.parse("PT" + written.toUpperCase());
    }
}
