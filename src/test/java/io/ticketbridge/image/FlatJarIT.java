package io.ticketbridge.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** The executable jar holds what the image's jars hold, of which many have files of one name (P33). */
class FlatJarIT {
    private static final Path JAR = Path.of(System.getProperty("crash.jar"));
    private static final Map<String, byte[]> FLAT = flat();

    /** Of one jar alone, and of no use in another; and signatures, which no jar has today. */
    private static final String LEFT_OUT = "META-INF/MANIFEST\\.MF|META-INF/INDEX\\.LIST|META-INF/jandex\\.idx"
            + "|(META-INF/versions/\\d+/)?module-info\\.class|META-INF/native-image/.*"
            + "|pom\\.xml|(bean|component|dataformat|dev-consoles|language|model|other|transformer)\\.properties";

    @Test
    void every_file_of_every_jar_is_there_or_its_lines_are_in_the_one_that_has_its_name() throws IOException {
        List<String> lost = new ArrayList<>();
        for (Layer.Entry jar : jarsOfImage()) {
            try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar.content()))) {
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    String name = entry.getName();
                    if (!entry.isDirectory() && !name.matches(LEFT_OUT) && isLost(name, in.readAllBytes())) {
                        lost.add(jar.name() + ": " + name);
                    }
                }
            }
        }
        assertThat(lost).isEmpty();
        assertThat(FLAT).hasSizeGreaterThan(20_000);
    }

    @Test
    void no_name_is_there_twice_and_classes_for_later_versions_of_java_are_used() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Set<String> names = new HashSet<>();
            assertThat(jar.stream().map(ZipEntry::getName)).allMatch(names::add);
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Multi-Release")).isEqualTo("true");
            assertThat(manifest.getValue("Main-Class")).isEqualTo("io.ticketbridge.Ticketbridge");
            assertThat(manifest.getValue("Implementation-Version")).isNotBlank();
            assertThat(FLAT).containsKey(manifest.getValue("Sbom-Location"));
        }
    }

    /** Folders are found by those who look for what is in them: migrations, route files. */
    @Test
    void folders_that_are_looked_through_are_entries() throws IOException {
        try (ZipFile jar = new ZipFile(JAR.toFile())) {
            assertThat(List.of("db/migration/", "routes/", "plan/", "plan-offline/"))
                    .allMatch(folder -> jar.getEntry(folder) != null);
        }
    }

    private static List<Layer.Entry> jarsOfImage() {
        return Image.built()
                .files()
                .filter(file -> file.isFile() && file.path().endsWith(".jar"))
                .toList();
    }

    private static boolean isLost(String name, byte[] content) {
        byte[] there = FLAT.get(name);
        return there == null
                || !Arrays.equals(there, content)
                        && (name.endsWith(".class") || !lines(there).containsAll(lines(content)));
    }

    private static Set<String> lines(byte[] text) {
        Set<String> lines = new HashSet<>();
        new String(text, StandardCharsets.ISO_8859_1)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(lines::add);
        return lines;
    }

    /** By name, whatever its case: texts on licences are put together whatever theirs is. */
    private static Map<String, byte[]> flat() {
        try (ZipFile jar = new ZipFile(JAR.toFile())) {
            Map<String, byte[]> files = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (ZipEntry entry :
                    jar.stream().filter(each -> !each.isDirectory()).toList()) {
                files.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
