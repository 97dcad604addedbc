import { Machine, type MachineName } from "../machine";

const name = process.env.XEN_LAB_MACHINE as MachineName;
const running = Machine.running(name);
if (running === undefined) throw new Error("the suite needs a machine: run it by npm run lab:xen");

/** The machine that the suite runs on. */
export const machine = running;
export const { dom0 } = machine;
