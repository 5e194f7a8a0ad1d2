package io.ticketbridge.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Measures as Markdown, ratios first. */
final class Table {
    private Table() {}

    static String of(Measures measures) {
        List<Contenders> contenders = measures.plan().contenders();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "### %s, %,d findings%n%n",
                measures.plan().kind().title(),
                measures.plan().findings()));
        if (contenders.contains(Contenders.TICKETBRIDGE)) {
            line(text, "ticketbridge against", phases());
            line(text, "---", List.of("---", "---", "---"));
            contenders.stream()
                    .filter(each -> each != Contenders.TICKETBRIDGE)
                    .forEach(other -> line(
                            text,
                            name(other),
                            Arrays.stream(Phase.values())
                                    .map(phase -> ratio(measures, other, phase))
                                    .toList()));
            limits(text, measures, contenders);
            text.append('\n');
        }
        List<String> columns = new ArrayList<>(phases());
        columns.addAll(List.of("settled after", "memory", "disk per finding"));
        line(text, "findings per second", columns);
        line(text, "---", columns.stream().map(each -> "---").toList());
        contenders.forEach(contender -> {
            List<String> cells = new ArrayList<>(Arrays.stream(Phase.values())
                    .map(phase -> String.format(Locale.ROOT, "%,.0f", measures.perSecond(contender, phase)))
                    .toList());
            cells.add(String.format(Locale.ROOT, "%.2f s", measures.settling(contender, Phase.FIRST)));
            cells.add(String.format(
                    Locale.ROOT, "%,d MB", measures.sizes().get(contender).peakMemory() >> 20));
            cells.add(String.format(
                    Locale.ROOT, "%,.0f B", measures.sizes().get(contender).diskPerFinding()));
            line(text, name(contender) + (contender.isSlow() ? ", a tenth" : ""), cells);
        });
        return text.toString();
    }

    /** How many times as fast as a slow peer one would be who only read: nobody can be further ahead of it. */
    private static void limits(StringBuilder text, Measures measures, List<Contenders> contenders) {
        if (contenders.contains(Contenders.LIMIT)) {
            contenders.stream()
                    .filter(Contenders::isSlow)
                    .forEach(other -> line(
                            text,
                            "limit against " + name(other),
                            Arrays.stream(Phase.values())
                                    .map(phase -> String.format(
                                            Locale.ROOT, "%.2f", measures.ratio(Contenders.LIMIT, other, phase)))
                                    .toList()));
        }
    }

    private static List<String> phases() {
        return Arrays.stream(Phase.values()).map(Phase::title).toList();
    }

    private static String name(Contenders contender) {
        return contender.letter() + " " + contender.title();
    }

    private static String ratio(Measures measures, Contenders other, Phase phase) {
        String ratio = String.format(Locale.ROOT, "**%.2f**", measures.ratio(Contenders.TICKETBRIDGE, other, phase));
        return Aim.of(measures.plan().kind(), other, phase)
                .map(aim -> String.format(Locale.ROOT, "%s (aim %.1f, floor %.2f)", ratio, aim.aim(), aim.floor()))
                .orElse(ratio);
    }

    private static void line(StringBuilder text, String first, List<String> cells) {
        text.append("| ")
                .append(first)
                .append(" | ")
                .append(String.join(" | ", cells))
                .append(" |\n");
    }
}
