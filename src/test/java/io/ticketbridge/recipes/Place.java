package io.ticketbridge.recipes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a block belongs, as the line above it tells its readers: a new file, or before, after or in place of a step of a
 * shipped one. The block must be indented as it has to be there, so that it can be copied as it stands.
 */
record Place(String file, String how, String step) {
    private static final Pattern LINE =
            Pattern.compile("(?:In |New file )?`([\\w./-]+)`(?:, (before|after|in place of) the step `([\\w{}-]+)`)?:");

    static Place of(String lead) {
        Matcher matcher = LINE.matcher(lead);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("The line above a block must say where it belongs, such as"
                    + " \"In `routes/NN-x.camel.yaml`, after the step `y`:\", and was: " + lead);
        }
        return new Place(matcher.group(1), matcher.group(2), matcher.group(3));
    }

    boolean isNewFile() {
        return how == null;
    }

    /** The shipped file with the block at its place. */
    String put(String block, String shipped) {
        List<String> lines = new ArrayList<>(shipped.lines().toList());
        int id = only(lines);
        int start = id;
        while (indent(lines.get(start)) >= indent(lines.get(id))
                || !lines.get(start).strip().startsWith("- ")) {
            start--;
        }
        int end = id;
        while (end < lines.size() && indent(lines.get(end)) > indent(lines.get(start))) {
            end++;
        }
        String first = block.lines().findFirst().orElseThrow();
        if (indent(first) != indent(lines.get(start)) || !first.strip().startsWith("- ")) {
            throw new IllegalArgumentException("The block for " + file + " must begin with a step that is indented by "
                    + indent(lines.get(start)) + ", as " + step + " is, and begins with: " + first);
        }
        if (how.equals("in place of")) {
            lines.subList(start, end).clear();
        }
        lines.addAll(how.equals("after") ? end : start, block.lines().toList());
        return String.join("\n", lines) + "\n";
    }

    private int only(List<String> lines) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals("id: " + step)) {
                found.add(i);
            }
        }
        if (found.size() != 1) {
            throw new IllegalArgumentException(file + " has " + found.size() + " steps " + step);
        }
        return found.get(0);
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
