package io.ticketbridge.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Cost against size as an SVG picture, both by powers of ten; n log n is the dashed line. */
final class GrowthPlot {
    private static final int WIDTH = 1000;
    private static final int LEFT = 70;
    private static final int RIGHT = 300;
    private static final int BOTTOM = 50;
    private static final int DECADE = 110;
    private static final int SMALLEST = -1;
    private static final int COLOURS = 12;

    private final int from;
    private final int decades;
    private final int rows;
    private final StringBuilder svg = new StringBuilder();

    private GrowthPlot(List<GrowingStep> steps) {
        int smallest =
                steps.stream().mapToInt(step -> step.costs().firstKey()).min().orElse(1);
        int largest =
                steps.stream().mapToInt(step -> step.costs().lastKey()).max().orElse(10);
        double most = steps.stream()
                .flatMap(step -> step.costs().values().stream())
                .mapToDouble(Cost::clock)
                .max()
                .orElse(1);
        from = (int) Math.floor(Math.log10(smallest));
        decades = Math.max(1, (int) Math.ceil(Math.log10(largest)) - from);
        rows = Math.max(1, (int) Math.ceil(Math.log10(most)) - SMALLEST);
    }

    static String of(String title, List<GrowingStep> steps) {
        GrowthPlot plot = new GrowthPlot(steps);
        plot.frame(title);
        for (int i = 0; i < steps.size(); i++) {
            plot.step(steps.get(i), i);
        }
        return plot.svg.append("</svg>\n").toString();
    }

    private void frame(String title) {
        int height = rows * DECADE + 2 * BOTTOM;
        add(
                "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='sans-serif' font-size='12'>",
                WIDTH, height);
        add(
                "<rect width='100%%' height='100%%' fill='white'/><text x='%d' y='25' font-size='16'>%s</text>",
                LEFT, title);
        for (int decade = 0; decade <= decades; decade++) {
            double x = x(Math.pow(10, from + decade));
            line(x, y(Math.pow(10, SMALLEST)), x, y(Math.pow(10, SMALLEST + rows)), "#ddd");
            add(
                    "<text x='%.0f' y='%d' text-anchor='middle'>%,.0f</text>",
                    x, height - BOTTOM + 20, Math.pow(10, from + decade));
        }
        for (int row = 0; row <= rows; row++) {
            double cost = Math.pow(10, SMALLEST + row);
            line(x(Math.pow(10, from)), y(cost), x(Math.pow(10, from + decades)), y(cost), "#ddd");
            add(
                    "<text x='%d' y='%.0f' text-anchor='end'>%s ms</text>",
                    LEFT - 5, y(cost) + 4, cost < 1 ? "0.1" : String.format(Locale.ROOT, "%,.0f", cost));
        }
        double small = Math.pow(10, from);
        double large = Math.pow(10, from + decades);
        double grown = Math.min(large * Math.log(large) / (small * Math.log(small)), Math.pow(10, rows));
        add(
                "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='#888' stroke-dasharray='6'/>",
                x(small), y(Math.pow(10, SMALLEST)), x(large), y(Math.pow(10, SMALLEST) * grown));
    }

    private void step(GrowingStep step, int number) {
        String colour =
                String.format(Locale.ROOT, "hsl(%d,70%%,40%%)", number * 360 / COLOURS % 360 + number / COLOURS * 15);
        StringBuilder points = new StringBuilder();
        for (Map.Entry<Integer, Cost> cost : step.costs().entrySet()) {
            points.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    x(cost.getKey()),
                    y(cost.getValue().clock())));
        }
        add("<polyline points='%s' fill='none' stroke='%s' stroke-width='2'/>", points, colour);
        int row = 50 + number * 20;
        add(
                "<line x1='%d' y1='%d' x2='%d' y2='%d' stroke='%s' stroke-width='3'/><text x='%d' y='%d'>%s</text>",
                WIDTH - RIGHT + 20, row, WIDTH - RIGHT + 40, row, colour, WIDTH - RIGHT + 46, row + 4, step.name());
    }

    private void line(double x1, double y1, double x2, double y2, String colour) {
        add("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s'/>", x1, y1, x2, y2, colour);
    }

    private double x(double size) {
        return LEFT + (Math.log10(size) - from) / decades * (WIDTH - LEFT - RIGHT);
    }

    private double y(double cost) {
        return BOTTOM + (SMALLEST + rows - Math.log10(Math.max(cost, Math.pow(10, SMALLEST)))) * DECADE;
    }

    private void add(String text, Object... values) {
        svg.append(String.format(Locale.ROOT, text, values)).append('\n');
    }
}
