package io.ticketbridge.image;

import io.ticketbridge.testing.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A container made by hand of the image's layers and this machine's Java: user 1000 where the test may choose, its own
 * environment, and nothing to write to but {@code /tmp} and {@code /ticketbridge/data}.
 */
final class Container {
    private static final int USER = 1000;
    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    /** What an engine does: the base below, volumes over it, all else read-only; then the user, and the working directory. */
    private static final String ENGINE =
            """
            set -e
            root=$1 data=$2; shift 2
            mount --bind "$root" "$root"
            for base in usr lib lib64 bin etc dev; do
              if [ -e /$base ]; then mount --bind /$base "$root/$base"; mount -o remount,ro,bind "$root/$base"; fi
            done
            mount --rbind /proc "$root/proc"
            mount -t tmpfs -o noexec,nosuid,nodev,mode=1777 tmpfs "$root/tmp"
            mount --bind "$data" "$root/ticketbridge/data"
            mount -o remount,ro,bind "$root"
            exec chroot "$root" setpriv --reuid 1000 --regid 1000 --clear-groups --no-new-privs "$@"
            """;

    private final Image image;
    private final Path folder;
    private final Path root;

    private Container(Image image, Path folder) {
        this.image = image;
        this.folder = folder;
        this.root = folder.resolve("root");
    }

    /** @param folder where its root and its data are; it is opened to user 1000 */
    static Container of(Image image, Path folder) {
        Container container = new Container(image, folder);
        image.unpack(container.root);
        for (String point : List.of("usr", "lib", "lib64", "bin", "etc", "dev", "proc", "tmp", "ticketbridge/data")) {
            container.folder(point);
        }
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            for (Path own : List.of(container.data(), container.folder("ticketbridge/data"), container.folder("tmp"))) {
                if (isRoot()) {
                    Files.setAttribute(own, "unix:uid", USER);
                    Files.setAttribute(own, "unix:gid", USER);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return container;
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Mounts can be made: the test is root, and not in a container that forbids them. */
    static boolean canMount() {
        try {
            return isRoot()
                    && new ProcessBuilder("unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
                                    .start()
                                    .waitFor()
                            == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The volume of {@code /ticketbridge/data}. */
    Path data() {
        return folder(folder.resolve("volume"));
    }

    Container withoutData() {
        try {
            Files.delete(root.resolve("ticketbridge/data"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file as it is mounted into the container. */
    Container with(String path, String content) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In a root file system that is read-only to everybody. */
    ChildProcess start(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("unshare", "-m", "sh", "-c", ENGINE, "engine", "" + root, "" + data()));
        command.addAll(environment("-C", "/ticketbridge"));
        command.addAll(image.entrypoint());
        command.addAll(arguments.length == 0 ? image.command() : List.of(arguments));
        return ChildProcess.run(new ProcessBuilder(command), folder);
    }

    /** Without mounts: at another place than the root, and with permissions in place of a read-only file system. */
    ChildProcess startElsewhere(String... arguments) {
        forbidWriting();
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid", "1000", "--regid", "1000", "--clear-groups"));
        }
        command.addAll(environment());
        for (String word : image.entrypoint()) {
            command.add(word.replace("@/app/", "@" + root + "/app/"));
        }
        command.add(command.indexOf("java") + 1, "-Djava.io.tmpdir=" + root.resolve("tmp"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        return ChildProcess.run(builder.directory(root.resolve("ticketbridge").toFile()), folder);
    }

    /** Makes all writable again, so that it can be deleted. */
    void free() {
        permit("rwxr-xr-x", "rw-r--r--");
    }

    private List<String> environment(String... options) {
        List<String> command = new ArrayList<>(List.of("env", "-i"));
        command.addAll(List.of(options));
        command.add("PATH=" + JAVA.resolve("bin") + ":/usr/bin:/bin");
        command.addAll(image.environment());
        command.add("JAVA_TOOL_OPTIONS=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        return command;
    }

    private void forbidWriting() {
        Path paths = root.resolve("app/jib-classpath-file");
        try {
            String moved = Files.readString(paths).replaceAll("(?<![\\w.-])/app/", root + "/app/");
            Files.writeString(paths, moved);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        permit("r-xr-xr-x", "r--r--r--");
    }

    private void permit(String folders, String files) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                    if (List.of("data", "tmp").contains(path.getFileName().toString())) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(folders));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(files));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path folder(String path) {
        return folder(root.resolve(path));
    }

    private static Path folder(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
