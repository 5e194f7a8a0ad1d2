package io.ticketbridge.crash;

import io.ticketbridge.sandbox.scc.SccEvaluation;
import io.ticketbridge.sandbox.servicenow.AttachedFile;
import io.ticketbridge.testing.Bridge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * ServiceNow's tables compared with what the sources say. Checks of what is written back to a source belong into
 * {@link #of}, beside those of the tickets: each a method that adds to the lists.
 */
final class Verdict {
    private static final Pattern CORRELATION = Pattern.compile("ticketbridge-(.+)-(\\d+)");
    private static final Pattern REFERENCE = Pattern.compile("\\(ticketbridge (tb-[^)]+)\\)");
    private static final Set<String> OVER = Set.of("6", "7", "8");

    final List<String> missing = new ArrayList<>();
    final List<String> duplicate = new ArrayList<>();
    final List<String> repeatedNotes = new ArrayList<>();
    final List<String> wrong = new ArrayList<>();
    private final Bridge bridge;
    private final List<Map<String, String>> tickets;

    private Verdict(Bridge bridge) {
        this.bridge = bridge;
        this.tickets = bridge.tickets();
    }

    static Verdict of(World world) {
        Verdict verdict = new Verdict(world.bridge);
        verdict.compareKeys();
        world.problems.forEach(verdict::compare);
        verdict.compareScc();
        verdict.tickets.forEach(verdict::compareJournal);
        return verdict;
    }

    static boolean isOf(Map<String, String> ticket, Problem problem) {
        String title = ticket.get("short_description");
        return ticket.get("correlation_display").equals("ticketbridge " + problem.source.flow)
                && (title.equals(problem.title)
                        || title.equals(problem.name)
                        || title.startsWith(problem.name + " version "));
    }

    static boolean isOpen(Map<String, String> ticket) {
        return !OVER.contains(ticket.get("state"));
    }

    int tickets() {
        return tickets.size();
    }

    boolean isClean() {
        return missing.isEmpty() && duplicate.isEmpty() && repeatedNotes.isEmpty() && wrong.isEmpty();
    }

    /** Every (group, generation) once, and the generations of a group without a gap. */
    private void compareKeys() {
        Map<String, List<Integer>> generations = new HashMap<>();
        for (Map<String, String> ticket : tickets) {
            Matcher key = CORRELATION.matcher(ticket.get("correlation_id"));
            if (!key.matches()) {
                wrong.add("correlation_id " + ticket.get("correlation_id"));
                continue;
            }
            generations
                    .computeIfAbsent(key.group(1), group -> new ArrayList<>())
                    .add(Integer.valueOf(key.group(2)));
        }
        generations.forEach((group, numbers) -> {
            Set<Integer> once = new HashSet<>(numbers);
            if (once.size() < numbers.size()) {
                duplicate.add("correlation_id of group " + group + ": " + numbers);
            }
            for (int number = 1;
                    number < numbers.stream().max(Comparator.naturalOrder()).orElse(0);
                    number++) {
                if (!once.contains(number)) {
                    missing.add("generation " + number + " of group " + group);
                }
            }
        });
    }

    private void compare(Problem problem) {
        List<Map<String, String>> its = tickets.stream()
                .filter(ticket -> isOf(ticket, problem))
                .sorted(Comparator.comparing(ticket -> generation(ticket)))
                .toList();
        if (its.size() != problem.generation) {
            (its.size() < problem.generation ? missing : duplicate)
                    .add(problem + " should have " + problem.generation + " tickets, has " + its.size());
            return;
        }
        Map<String, String> last = its.get(its.size() - 1);
        its.subList(0, its.size() - 1).stream()
                .filter(Verdict::isOpen)
                .forEach(ticket -> wrong.add(problem + ": an earlier ticket is open again, " + ticket.get("number")));
        if (isOpen(last) != problem.open) {
            wrong.add(problem + ": state is " + last.get("state") + ", the source says "
                    + (problem.open ? "open" : "done"));
        }
        if (!last.get("short_description").equals(problem.title)) {
            wrong.add(problem + ": the title is " + last.get("short_description") + ", not " + problem.title);
        }
        if (problem.open) {
            compareResources(problem, last);
        }
        problem.notes.forEach(expected -> compareNotes(problem, its.get(expected.generation() - 1), expected));
    }

    private void compareResources(Problem problem, Map<String, String> ticket) {
        if (problem.failing.size() <= World.LISTED) {
            Set<String> listed = Pattern.compile("^- (\\S+) ", Pattern.MULTILINE)
                    .matcher(ticket.get("description"))
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
            if (problem.source != Source.CASES && !listed.equals(problem.failing)) {
                wrong.add(problem + ": the ticket lists " + listed + ", what fails is " + problem.failing);
            }
            return;
        }
        List<AttachedFile> files = bridge.serviceNow().attachments(ticket.get("sys_id"));
        String latest =
                files.isEmpty() ? "" : new String(files.get(files.size() - 1).bytes(), StandardCharsets.UTF_8);
        problem.failing.stream()
                .filter(resource -> !latest.contains(resource))
                .forEach(resource -> missing.add(problem + ": no attachment lists " + resource));
    }

    private void compareNotes(Problem problem, Map<String, String> ticket, Problem.Expected expected) {
        Pattern text = Pattern.compile(expected.text());
        long found = notes(ticket).stream()
                .filter(note -> text.matcher(note + "\n").find())
                .count();
        if (found != expected.times()) {
            (found > expected.times() ? repeatedNotes : missing)
                    .add(problem + " " + ticket.get("number") + ": " + found + " notes say '" + expected.text()
                            + "', should be " + expected.times());
        }
    }

    /** Every failing control has one open ticket, and no other has one. */
    private void compareScc() {
        long controls = bridge.scc().failing().stream()
                .flatMap(seen -> controls(seen))
                .distinct()
                .count();
        List<String> open = tickets.stream()
                .filter(ticket -> ticket.get("correlation_display").equals("ticketbridge scc") && isOpen(ticket))
                .map(ticket -> ticket.get("correlation_id").replaceAll("-\\d+$", ""))
                .toList();
        int groups = new HashSet<>(open).size();
        if (groups < open.size()) {
            duplicate.add("scc: " + (open.size() - groups) + " groups have two open tickets");
        }
        if (groups != controls) {
            (groups < controls ? missing : wrong).add("scc: " + controls + " controls fail, " + groups + " are open");
        }
    }

    private Stream<String> controls(SccEvaluation seen) {
        List<String> controls = bridge.scc().controlsOf(seen);
        return controls.isEmpty() ? Stream.of(seen.assessmentId()) : controls.stream();
    }

    private void compareJournal(Map<String, String> ticket) {
        List<String> references = notes(ticket).stream()
                .flatMap(note -> REFERENCE.matcher(note).results().map(found -> found.group(1)))
                .toList();
        if (new HashSet<>(references).size() < references.size()) {
            repeatedNotes.add(ticket.get("number") + ": a reference is there twice, " + references);
        }
        List<String> files = bridge.serviceNow().attachments(ticket.get("sys_id")).stream()
                .map(AttachedFile::fileName)
                .toList();
        if (new HashSet<>(files).size() < files.size()) {
            duplicate.add(ticket.get("number") + ": a file is attached twice, " + files);
        }
    }

    private List<String> notes(Map<String, String> ticket) {
        return bridge.notes(ticket);
    }

    private static int generation(Map<String, String> ticket) {
        return Integer.parseInt(ticket.get("correlation_id").replaceAll(".*-", ""));
    }

    /** What is wrong, a line each; empty if all is well. */
    List<String> findings() {
        List<String> all = new ArrayList<>();
        missing.forEach(each -> all.add("missing: " + each));
        duplicate.forEach(each -> all.add("duplicate: " + each));
        repeatedNotes.forEach(each -> all.add("repeated: " + each));
        wrong.forEach(each -> all.add("wrong: " + each));
        return all;
    }
}
