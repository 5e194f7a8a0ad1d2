package io.ticketbridge.console;

import io.ticketbridge.ledger.report.Trend;
import io.ticketbridge.ledger.report.Trend.Step;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Where things stand in the charts of the start page: a line of what fails, and bars of what was opened and resolved. */
public final class Chart {
    private static final double WIDTH = 480;
    private static final double HEIGHT = 110;

    /** @param x its left edge */
    public record Bar(String x, String y, String width, String height) {}

    private final Trend.Steps steps;

    Chart(Trend.Steps steps) {
        this.steps = steps;
    }

    public List<Step> steps() {
        return steps.steps();
    }

    public boolean isHourly() {
        return steps.hourly();
    }

    public boolean isEmpty() {
        return steps.steps().stream().allMatch(step -> step.failing() + step.opened() + step.resolved() == 0);
    }

    /** What the top of the chart of failures stands for. */
    public long mostFailing() {
        return top(most(Step::failing));
    }

    public long mostTickets() {
        return top(Math.max(most(Step::opened), most(Step::resolved)));
    }

    /** The points of the line. */
    public String line() {
        double width = WIDTH / steps.steps().size();
        return IntStream.range(0, steps.steps().size())
                .mapToObj(i -> number((i + 0.5) * width) + ","
                        + number(y(steps.steps().get(i).failing(), mostFailing())))
                .collect(Collectors.joining(" "));
    }

    /** The same, closed along the bottom. */
    public String area() {
        double half = WIDTH / steps.steps().size() / 2;
        return number(half) + "," + number(HEIGHT) + " " + line() + " " + number(WIDTH - half) + "," + number(HEIGHT);
    }

    public List<Bar> opened() {
        return bars(Step::opened, 0.12);
    }

    public List<Bar> resolved() {
        return bars(Step::resolved, 0.52);
    }

    private List<Bar> bars(ToLongFunction<Step> value, double offset) {
        double width = WIDTH / steps.steps().size();
        return IntStream.range(0, steps.steps().size())
                .filter(i -> value.applyAsLong(steps.steps().get(i)) > 0)
                .mapToObj(i -> {
                    double y = y(value.applyAsLong(steps.steps().get(i)), mostTickets());
                    return new Bar(number((i + offset) * width), number(y), number(0.36 * width), number(HEIGHT - y));
                })
                .toList();
    }

    private static double y(long value, long most) {
        return HEIGHT - HEIGHT * value / most;
    }

    private long most(ToLongFunction<Step> value) {
        return steps.steps().stream().mapToLong(value).max().orElse(0);
    }

    /** The next of 2, 5, 10, 20, 50 and so on. */
    private static long top(long most) {
        long ten = 1;
        while (true) {
            for (long step : new long[] {2, 5, 10}) {
                if (step * ten >= most) {
                    return step * ten;
                }
            }
            ten *= 10;
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
