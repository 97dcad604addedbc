import { packageVersion } from "../version";

/** What a program needs beside its source to be installed, type-checked and synthesized. */
export function projectFiles(name: string): Map<string, string> {
  const project =
    name
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, "-")
      .replace(/^-+|-+$/g, "") || "imported";
  const json = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`;
  return new Map([
    [
      "package.json",
      json({
        name: project,
        private: true,
        scripts: { types: "tsc", synth: "cdktf synth", plan: "cdktf diff", deploy: "cdktf deploy" },
        dependencies: {
          cdktf: "^0.21.0",
          constructs: "^10.4.2",
          "virt-constructs": `^${packageVersion()}`,
        },
        devDependencies: { "cdktf-cli": "^0.21.0", tsx: "^4.0.0", typescript: "^5.4.0" },
      }),
    ],
    [
      "cdktf.json",
      json({
        language: "typescript",
        app: "npx tsx main.ts",
        sendCrashReports: "false",
        terraformProviders: [],
        terraformModules: [],
      }),
    ],
    [
      "tsconfig.json",
      json({
        compilerOptions: {
          target: "es2022",
          module: "node16",
          moduleResolution: "node16",
          strict: true,
          noEmit: true,
          skipLibCheck: true,
        },
        include: ["*.ts"],
      }),
    ],
  ]);
}
